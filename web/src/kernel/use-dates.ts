import { useMemo } from 'react'
import { useNow } from './clock.ts'
import { showAge, showAgo, showBriefly, showDay, showLeft, showMoment, showSpan } from './dates.ts'
import { useLanguage } from './words.ts'

/** Dates as people read them, in their language and by the server's clock: `const dates = useDates(); dates.ago(at)`. */
export function useDates() {
  const now = useNow()
  const language = useLanguage()
  return useMemo(
    () => ({
      now,
      day: showDay,
      moment: showMoment,
      briefly: (at: Date) => showBriefly(at, now, language),
      left: (due: Date) => showLeft(due, now, language),
      ago: (at: Date) => showAgo(at, now, language),
      age: (birthDay: string) => showAge(birthDay, now, language),
      span: (milliseconds: number) => showSpan(milliseconds, language),
    }),
    [now, language],
  )
}
