import { useCallback, useMemo, useRef, useState } from 'react'
import { readDraft, writeDraft } from './draft.ts'
import type { Refused } from './refused.ts'

/** What a form holds while it is filled in. */
export interface FormState<T> {
  readonly value: T
  readonly set: <K extends keyof T>(name: K, value: T[K]) => void
  readonly change: (next: Partial<T>) => void
  /** Whether what was typed in an earlier visit has come back. */
  readonly restored: boolean
  /** Forgets the draft and begins anew. */
  readonly discard: () => void
  /** What is wrong with a field, as the last refusal said: `problem('summary')`. Typing in it clears it. */
  readonly problem: (name: string) => string | undefined
  /** What to spread on a `Field` of `ui/field.tsx`, or on an input: value, onChange, status. */
  readonly bind: <K extends keyof T & string>(
    name: K,
  ) => { readonly value: T[K]; readonly onChange: (value: T[K]) => void }
}

/**
 * A form whose content survives the end of the session, a reload and a failure: `useForm('referral.new:<resident>', empty, write.error)`.
 * The draft lies in this tab's session storage under the key and goes when `discard` is called, after success.
 */
export function useForm<T extends object>(key: string, empty: T, refused?: Refused | null): FormState<T> {
  const draft = useMemo(() => readDraft<T>(key), [key])
  const [value, setValue] = useState<T>(() => ({ ...empty, ...draft }))
  const [discarded, setDiscarded] = useState<string>()
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const emptyNow = useRef(empty)
  emptyNow.current = empty

  const [answered, setAnswered] = useState(refused)
  if (answered !== refused) {
    setAnswered(refused)
    setTouched(new Set())
  }

  const change = useCallback(
    (next: Partial<T>) => {
      setValue((before) => {
        const after = { ...before, ...next }
        writeDraft(key, after)
        return after
      })
      setTouched((before) => new Set([...before, ...Object.keys(next)]))
    },
    [key],
  )
  const discard = useCallback(() => {
    writeDraft(key, undefined)
    setDiscarded(key)
    setValue(emptyNow.current)
  }, [key])
  const set = useCallback(
    <K extends keyof T>(name: K, one: T[K]) => change({ [name]: one } as unknown as Partial<T>),
    [change],
  )
  const problem = useCallback(
    (name: string) =>
      touched.has(name) ? undefined : refused?.fields.find(({ path }) => within(path, name))?.problem,
    [touched, refused],
  )
  const bind = <K extends keyof T & string>(name: K) => ({
    value: value[name],
    onChange: (one: T[K]) => set(name, one),
  })
  const restored = draft !== undefined && discarded !== key
  return { value, set, change, restored, discard, problem, bind }
}

/** `body.medication.0.dose` lies within `medication`; so does `medication`, and `body.medication`. */
function within(path: string, name: string): boolean {
  const bare = path.replace(/^(body|query|params)\./, '')
  return bare === name || bare.startsWith(`${name}.`)
}
