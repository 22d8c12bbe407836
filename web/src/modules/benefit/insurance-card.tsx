import { benefitApi } from '@tongmai/api/benefit'
import type { Insured, ResidentInsurance, Stay } from '@tongmai/api/benefit/insured'
import { Button } from 'antd'
import { useState } from 'react'
import { useGo } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts } from '../../ui/page.tsx'
import { CapUses, RecordCapUse } from './cap-use.tsx'
import { showYuan } from './money.ts'
import { RecordInsurance } from './record-insurance.tsx'
import { RecordStay } from './record-stay.tsx'
import { benefitWords } from './words.ts'

/** On a resident's page: what they are insured by, the stays that count, and the way to an estimate. */
export function InsuranceCard({ residentId }: { residentId: string }) {
  const t = useWords(benefitWords)
  const go = useGo()
  const read = useRead(
    benefitApi.readInsurance,
    { params: { id: residentId } },
    { live: [`resident:${residentId}`] },
  )
  return (
    <Card
      title={t('insured.title')}
      extra={
        <Button type="primary" size="small" onClick={() => go(`/cost?resident=${residentId}`)}>
          {t('insured.compare')}
        </Button>
      }
    >
      <Loaded read={read} rows={2}>
        {(insurance) => <Found residentId={residentId} of={insurance} />}
      </Loaded>
    </Card>
  )
}

function Found({ residentId, of }: { residentId: string; of: ResidentInsurance }) {
  const t = useWords(benefitWords)
  const [doing, setDoing] = useState<'insurance' | 'stay' | 'cap'>()
  const done = () => setDoing(undefined)
  const earlier = of.history.filter(({ id }) => id !== of.current?.id)
  const said = ({ area, scheme, category }: Insured) =>
    [area, t(`scheme.${scheme}`), t(`category.${category}`)].join(' · ')
  const stayed = (stay: Stay) =>
    t('stay.line', {
      institution: stay.institutionName,
      from: stay.admittedOn,
      to: stay.dischargedOn ?? t('stay.still'),
      paid: showYuan(stay.deductiblePaidFen),
    })
  return (
    <>
      {of.current ? (
        <Facts
          facts={[
            [t('insured.title'), said(of.current)],
            [t('insured.since'), of.current.since],
            ...earlier.map(
              (one) => [t('insured.earlier'), `${said(one)}（${one.since} – ${one.until ?? ''}）`] as const,
            ),
          ]}
        />
      ) : (
        <p className="tm-quiet">{t('insured.unknown')}</p>
      )}
      <h3 className="tm-quiet">{t('insured.stays')}</h3>
      {of.stays.length === 0 ? (
        <p className="tm-quiet">{t('insured.no-stays')}</p>
      ) : (
        <ul style={{ margin: 0, paddingLeft: 18 }}>
          {of.stays.map((stay) => (
            <li key={stay.id}>{stayed(stay)}</li>
          ))}
        </ul>
      )}
      <CapUses of={of.capUses} />
      {of.mayRecord && (
        <p className="tm-row">
          <Button size="small" onClick={() => setDoing('insurance')}>
            {t('insured.record')}
          </Button>
          <Button size="small" onClick={() => setDoing('stay')}>
            {t('stay.add')}
          </Button>
          <Button size="small" onClick={() => setDoing('cap')}>
            {t('cap.record')}
          </Button>
        </p>
      )}
      {doing === 'cap' && <RecordCapUse residentId={residentId} onClose={done} />}
      {doing === 'insurance' && <RecordInsurance residentId={residentId} onClose={done} />}
      {doing === 'stay' && <RecordStay residentId={residentId} last={of.stays[0] ?? null} onClose={done} />}
    </>
  )
}
