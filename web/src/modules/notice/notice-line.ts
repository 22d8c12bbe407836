import type { Notice } from '@tongmai/api/notice'
import { useCallback } from 'react'
import { find, useSay, useWords } from '../../kernel/words.ts'
import { noticeWords } from './words.ts'

const kinds: Readonly<Record<string, string>> = {
  mission: 'dispatch.kind',
  'green-channel': 'referral.green-kind',
}

/** The key of the word for the kind of a transport or a green channel; none where the line does not tell the kind. */
export function kindKey({ code, thing, data }: Pick<Notice, 'code' | 'thing' | 'data'>): string | undefined {
  const of = kinds[thing.split(':', 1)[0] ?? '']
  // What has gone up tells the kind of its case instead, which is no kind of a transport.
  return of && data.kind && code !== 'case.escalated' ? `${of}.${data.kind}` : undefined
}

/** Of what kind a transport or a green channel is, with its number; nothing clinical lies in an inbox. */
export function useNoticeAbout(): (notice: Notice) => string {
  const say = useSay()
  return useCallback(
    (notice) => {
      const key = kindKey(notice)
      const { medicine, number } = notice.data
      return [medicine, key && say(key), number].filter(Boolean).join(' · ')
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
