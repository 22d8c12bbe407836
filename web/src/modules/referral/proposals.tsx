import { referralApi } from '@tongmai/api/referral'
import type { Proposal } from '@tongmai/api/referral/rule'
import { Button } from 'antd'
import { useDates } from '../../kernel/use-dates.ts'
import type { FormState } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Card } from '../../ui/page.tsx'
import { UrgencyTag } from './state.tsx'
import type { Typed } from './typed.ts'
import { referralWords } from './words.ts'

const ranks = { routine: 0, urgent: 1, emergency: 2 } as const

/** What the resident's latest facts speak for: shown with its reasons, taken over by a click, never by itself. */
export function Proposals({ residentId, form }: { residentId: string; form: FormState<Typed> }) {
  const t = useWords(referralWords)
  const { briefly } = useDates()
  const { direction, indications } = form.value
  const read = useRead(referralApi.proposals, { query: { residentId, direction } })
  if (!read.data?.length) return null
  const takeOver = ({ code, urgency, reason }: Proposal) => {
    const before = form.value.urgency
    form.change({
      indications: [...new Set([...indications, code])],
      reason: [form.value.reason, reason].filter(Boolean).join('\n'),
      ...(urgency && ranks[urgency] > ranks[before] ? { urgency } : {}),
    })
  }
  return (
    <Card title={t('rule.propose.title')}>
      <ul style={{ listStyle: 'none', padding: 0, margin: 0, display: 'grid', gap: 8 }}>
        {read.data.map((one) => {
          const taken = indications.includes(one.code)
          return (
            <li key={one.code} className="tm-row">
              <Button size="small" type="primary" ghost disabled={taken} onClick={() => takeOver(one)}>
                {t(taken ? 'rule.propose.taken' : 'rule.propose.take')}
              </Button>
              <span>
                <b>{one.text}</b> <UrgencyTag urgency={one.urgency ?? 'routine'} />
                <br />
                <span className="tm-quiet">
                  {one.because
                    .map(({ fact, value, at }) =>
                      [t(`fact.${fact}`), value, at && briefly(at)].filter(Boolean).join(' '),
                    )
                    .join('；')}
                  {' · '}
                  {t('rule.propose.by', { source: one.source, name: one.signedBy })}
                </span>
              </span>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
