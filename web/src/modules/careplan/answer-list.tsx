import { careplanApi } from '@tongmai/api/careplan'
import type { FollowUp } from '@tongmai/api/careplan/follow-up'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts } from '../../ui/page.tsx'
import { shownAnswer } from './shown-answer.ts'
import { careplanWords } from './words.ts'

/** What was answered at a follow-up, by the version of the form it was asked with. */
export function AnswerList({ followUp }: { followUp: FollowUp }) {
  const t = useWords(careplanWords)
  const { form, formVersion, answers, findings } = followUp
  const query = formVersion === null ? {} : { version: formVersion }
  const read = useRead(careplanApi.readForm, { params: { code: form }, query })
  return (
    <Loaded read={read} rows={3}>
      {({ questionnaire }) => (
        <>
          {findings.length > 0 && (
            <p>
              <b>{t('findings')}</b>{' '}
              {findings
                .map((one) => `${one.text} ${one.value}${one.limit ? `（${one.limit}）` : ''}`)
                .join('；')}
            </p>
          )}
          <Facts
            columns={2}
            facts={questionnaire.item.flatMap((q) => {
              const given = answers?.[q.linkId]
              return given === undefined
                ? []
                : [[q.text, shownAnswer(q, given, { yes: t('yes'), no: t('no') })] as const]
            })}
          />
        </>
      )}
    </Loaded>
  )
}
