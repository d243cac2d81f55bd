import type { DeviceKey } from '../chain/device-key';
import type { PendingStatement } from './pending';

/** What the wallet keeps in this browser's IndexedDB: its key (which cannot be read out) and the statements that are under way. */
export interface Identity {
  readonly key: DeviceKey;
  readonly account: string;
  readonly chain: string;
  /** False from the making of the key until the account is known to be open. */
  readonly open: boolean;
  /** Whether the person has seen and confirmed a recovery code. */
  readonly recoverable: boolean;
}

const NAME = 'madang-wallet';
const IDENTITY = 'identity';
const PENDING = 'pending';

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(IDENTITY);
      request.result.createObjectStore(PENDING, { keyPath: 'hash' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Runs one transaction and waits until it is on disk: what comes after may rely on it. */
async function within<Value>(
  store: string,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value> {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: 'strict' });
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export function loadIdentity(): Promise<Identity | undefined> {
  return within(IDENTITY, 'readonly', (store) => store.get('me') as IDBRequest<Identity | undefined>);
}

export async function saveIdentity(identity: Identity): Promise<void> {
  await within(IDENTITY, 'readwrite', (store) => store.put(identity, 'me'));
}

export async function forgetIdentity(): Promise<void> {
  await within(IDENTITY, 'readwrite', (store) => store.delete('me'));
}

export function loadPending(): Promise<PendingStatement[]> {
  return within(PENDING, 'readonly', (store) => store.getAll() as IDBRequest<PendingStatement[]>);
}

export async function savePending(statement: PendingStatement): Promise<void> {
  await within(PENDING, 'readwrite', (store) => store.put(statement));
}

export async function deletePending(hash: string): Promise<void> {
  await within(PENDING, 'readwrite', (store) => store.delete(hash));
}
