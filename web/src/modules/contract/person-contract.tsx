import { contractApi } from '@tongmai/api/contract'
import { Button } from 'antd'
import { To, useGo } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { State } from './state.tsx'
import { contractWords } from './words.ts'

/** On a resident's page: who their family doctor is, with the team's telephone, and the way to sign. */
export function PersonContract({ residentId }: { residentId: string }) {
  const t = useWords(contractWords)
  const go = useGo()
  const may = useMay()
  const read = useRead(
    contractApi.list,
    { query: { residentId, sort: 'newest', limit: 10 } },
    { live: ['contract'] },
  )
  const sign = may('contract.sign') && (
    <Button type="primary" size="small" onClick={() => go(`/contracts/new?resident=${residentId}`)}>
      {t('new')}
    </Button>
  )
  return (
    <Card title={t('title')} extra={sign}>
      <Loaded read={read} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="tm-quiet">{t('person.none')}</p>
          ) : (
            <ul style={{ listStyle: 'none', padding: 0, margin: 0 }}>
              {items.map((line) => (
                <li key={line.id} className="tm-row">
                  <To to={`/contracts/${line.id}`}>
                    {line.team.name} {line.doctor.name}
                  </To>
                  {line.teamPhone && <a href={`tel:${line.teamPhone}`}>{line.teamPhone}</a>}
                  <State status={line.status} upcoming={line.upcoming} />
                  <span className="tm-quiet">
                    {line.packages.join('、')} {line.startsOn} – {line.endsOn}
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
