import { recordApi, type Summary } from '@tongmai/api/record'
import { To } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Cards } from '../../ui/page.tsx'
import { FactList } from './fact-list.tsx'
import { TrendList } from './trend-list.tsx'
import { useOpenedFact } from './use-opened-fact.tsx'
import { recordWords } from './words.ts'

/** On the page of a resident: what every physician must know first, and the way into the record. */
export function PersonRecord({ residentId }: { residentId: string }) {
  const read = useRead(recordApi.readRecord, { params: { id: residentId } })
  return <Loaded read={read}>{(summary) => <First summary={summary} />}</Loaded>
}

function First({ summary }: { summary: Summary }) {
  const t = useWords(recordWords)
  const [drawer, open] = useOpenedFact(summary.residentId)
  const { problems, allergies, medicines, vitals } = summary
  return (
    <>
      <Cards least={380}>
        <Card
          title={t('problems')}
          extra={<To to={`/residents/${summary.residentId}/record`}>{t('open-record')}</To>}
        >
          <FactList facts={problems} empty={t('no-problems')} onOpen={open} first={5} narrow />
        </Card>
        <Card title={t('allergies')}>
          <FactList facts={allergies} empty={t('no-allergies')} onOpen={open} first={5} narrow />
        </Card>
        <Card title={t('medicines')}>
          <FactList facts={medicines} empty={t('no-medicines')} onOpen={open} first={5} narrow />
        </Card>
        <Card title={t('vitals')}>
          <TrendList trends={vitals} empty={t('no-vitals')} onOpen={open} first={5} narrow />
        </Card>
      </Cards>
      {drawer}
    </>
  )
}
