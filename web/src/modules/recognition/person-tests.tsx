import { recognitionApi } from '@tongmai/api/recognition'
import { Button } from 'antd'
import { useGo } from '../../kernel/route.tsx'
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
