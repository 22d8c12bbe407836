import type { Notice } from '@tongmai/api/notice'
import { useCallback } from 'react'
import { find, useSay, useWords } from '../../kernel/words.ts'
import { noticeWords } from './words.ts'

/** Of what kind a transport or a green channel is, with its number; nothing clinical lies in an inbox. */
export function useNoticeAbout(): (notice: Notice) => string {
  const say = useSay()
  return useCallback(
    ({ thing, data }) => {
      const [module = ''] = thing.split(':', 1)
      const kinds: Readonly<Record<string, string>> = {
        mission: 'dispatch.kind',
        'green-channel': 'referral.green-kind',
      }
      const kind = kinds[module]
      if (!kind) return String(data.medicine ?? '')
      return [say(`${kind}.${data.kind}`), data.number].filter(Boolean).join(' · ')
    },
    [say],
  )
}

/** What a line of the inbox says: the words of its event, which the module that told it keeps. */
export function useNoticeWords(): (notice: Notice) => string {
  const t = useWords(noticeWords)
  const say = useSay()
  return useCallback(
    ({ code, data }) => {
      const [module = '', event = ''] = code.split('.', 2)
      if (code === 'case.escalated') {
        const kind = String(data.kind ?? '').split('.', 1)[0]
        const step = find(`${kind}.step.${data.step}`)
        return [t('escalated'), step].filter(Boolean).join('：')
      }
      return say(`${module}.event.${event}`)
    },
    [t, say],
  )
}
