/** Which language the pages speak: chosen by the browser, switchable, remembered. */
export type Language = 'ko' | 'en';

const STORED = 'madang.language';

function firstChoice(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'ko' || stored === 'en') return stored;
  return navigator.language.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}

class LanguageChoice {
  #current = $state<Language>(firstChoice());

  get current(): Language {
    return this.#current;
  }

  choose(language: Language): void {
    this.#current = language;
    localStorage.setItem(STORED, language);
  }
}

export const language = new LanguageChoice();
