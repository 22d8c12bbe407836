import { useEffect, useSyncExternalStore } from 'react'

/** A key that does something on the page now, as the `?` overlay lists it. */
export interface Shortcut {
  readonly key: string
  readonly label: string
  readonly run: () => void
}

let active: readonly Shortcut[] = []
const listeners = new Set<() => void>()

/**
 * Binds a key (`j`, `/`, `Enter`) while the component is drawn; the youngest binding of a key wins. Not heard while the
 * person types, with a modifier, or in a dialog. `label` is what `?` shows.
 */
export function useShortcut(key: string, label: string, run: () => void): void {
  useEffect(() => {
    const shortcut = { key, label, run }
    change([...active, shortcut])
    return () => change(active.filter((one) => one !== shortcut))
  }, [key, label, run])
}

/** What the keys do now. */
export const useShortcuts = (): readonly Shortcut[] => useSyncExternalStore(subscribe, () => active)

/** Starts hearing the keyboard; only the shell calls it. */
export function hearKeys(): () => void {
  const hear = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (event.key === 'Escape') return leave(event.target as HTMLElement)
    if (busy(event)) return
    const shortcut = active.findLast((one) => one.key === event.key)
    if (!shortcut) return
    event.preventDefault()
    shortcut.run()
  }
  document.addEventListener('keydown', hear)
  return () => document.removeEventListener('keydown', hear)
}

/** Escape leaves a line that is typed into, so that the keys of the page are heard again. */
function leave(element: HTMLElement): void {
  if (element.matches('input') && !element.closest('[role="combobox"], [role="dialog"], .ant-picker'))
    element.blur()
}

/** Whether the key belongs to what has the focus: text being typed, a dialog, the Enter of a button or a row. */
function busy({ target, key }: KeyboardEvent): boolean {
  const element = target as HTMLElement
  if (key === 'Enter' && element !== document.body) return true
  return Boolean(
    element.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="listbox"]'),
  )
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function change(next: readonly Shortcut[]): void {
  active = next
  for (const listener of listeners) listener()
}
