import { recognitionApi } from '@tongmai/api/recognition'
import type { Decision } from '@tongmai/api/recognition/ledger'
import { Button } from 'antd'
import { To, useGo } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { recognitionWords } from './words.ts'

/** On a resident's page: what was ordered or recognised, and the way to order. */
export function PersonTests({ residentId }: { residentId: string }) {
  const t = useWords(recognitionWords)
  const go = useGo()
  const { briefly } = useDates()
  const read = useRead(
    recognitionApi.listDecisions,
    { query: { residentId, limit: 8 } },
    { live: ['recognition'] },
  )
  return (
    <Card
      title={t('person.title')}
      extra={
        <Button type="primary" size="small" onClick={() => go(`/residents/${residentId}/order-tests`)}>
          {t('order.title')}
        </Button>
      }
    >
      <Loaded read={read} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="tm-quiet">{t('person.none')}</p>
          ) : (
            <ul style={{ listStyle: 'none', padding: 0, margin: 0 }}>
              {items.map((one) => (
                <li key={one.id} className="tm-row">
                  <span>{one.itemName}</span>
                  <StateTag tone={one.outcome === 'recognised' ? 'good' : 'idle'}>
                    {t(`outcome.${one.outcome}`)}
                  </StateTag>
                  {one.outcome !== 'recognised' && <Answer residentId={residentId} of={one} />}
                  <span className="tm-quiet">
                    {[one.resultValue, one.resultInstitutionName, briefly(one.at)]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}

/** Whether the result of an ordered test has come, and the way to it. */
function Answer({ residentId, of }: { residentId: string; of: Decision }) {
  const t = useWords(recognitionWords)
  if (!of.answeredAt) return <StateTag tone="wait">{t('decision.waiting')}</StateTag>
  const words = <StateTag tone="good">{t('decision.answered')}</StateTag>
  return of.answerId ? (
    <To to={`/residents/${residentId}/record/${of.answerType}/${of.answerId}`}>{words}</To>
  ) : (
    words
  )
}
