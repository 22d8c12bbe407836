/** A choice of this person on this device (language, theme, type size) that outlives the page. */
export interface Kept<T> {
  readonly get: () => T
  readonly set: (next: T) => void
  readonly subscribe: (listener: () => void) => () => void
}

/** Keeps a value in local storage; works, forgetfully, where storage is closed. */
export function kept<T>(name: string, otherwise: T): Kept<T> {
  const key = `tongmai.${name}`
  const listeners = new Set<() => void>()
  let value = readStored(key, otherwise)
  return {
    get: () => value,
    set: (next) => {
      value = next
      store(key, JSON.stringify(next))
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Reads JSON from local storage; `otherwise` where there is none or it cannot be read. */
export function readStored<T>(key: string, otherwise: T): T {
  try {
    const text = globalThis.localStorage?.getItem(key)
    return text == null ? otherwise : (JSON.parse(text) as T)
  } catch {
    return otherwise
  }
}

/** Writes to local storage, or removes for null; a full or closed storage is no reason to fail. */
export function store(key: string, text: string | null): void {
  try {
    if (text === null) globalThis.localStorage?.removeItem(key)
    else globalThis.localStorage?.setItem(key, text)
  } catch {
    // The value still holds until the page is left.
  }
}
