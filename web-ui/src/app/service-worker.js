// Keeps the pages working without a connection. Pages come from the network first, so a new version shows at once; what is named by its
// content's hash never changes and comes from the cache. The API is never cached: money is asked for, not remembered.
const CACHE = 'madang-__VERSION__';
const FILES = [/* files */];

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  const stale = caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))));
  event.waitUntil(stale.then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') {
    const page = pathname.replace(/\/(index\.html)?$/, '') || '/';
    if (FILES.includes(page)) event.respondWith(fetch(request).catch(() => caches.match(page)));
  } else if (pathname.startsWith('/assets/')) {
    event.respondWith(cached(request));
  }
});

async function cached(request) {
  const cache = await caches.open(CACHE);
  // Module scripts are asked for with other headers than those that the list was fetched with.
  const known = await cache.match(request, { ignoreVary: true });
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
