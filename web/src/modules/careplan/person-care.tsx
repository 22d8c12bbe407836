import { careplanApi } from '@tongmai/api/careplan'
import { Button } from 'antd'
import { useState } from 'react'
import { To } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { VerdictTag } from './verdict-tag.tsx'
import { careplanWords } from './words.ts'

/** On a resident's page: the programmes they are in, what comes next, and whether a referral is proposed. */
export function PersonCare({ residentId }: { residentId: string }) {
  const t = useWords(careplanWords)
  const may = useMay()
  const [enrolling, setEnrolling] = useState(false)
  const query = { residentId, status: 'active' as const, limit: 10 }
  const read = useRead(careplanApi.listEnrolments, { query }, { live: ['careplan'] })
  const enrol = may('careplan.enrol') && (
    <Button size="small" onClick={() => setEnrolling(true)}>
      {t('enrol')}
    </Button>
  )
  return (
    <Card title={t('title')} extra={enrol}>
      <Loaded read={read} rows={2}>
        {({ items }) => (
          <>
            {items.length === 0 && <p className="tm-quiet">{t('person.none')}</p>}
            {items.map((one) => (
              <div key={one.id} className="tm-row">
                <b>{one.programmeName}</b> {t(`risk.${one.risk}`)}
                {one.lastVerdict && <VerdictTag verdict={one.lastVerdict} />}
                {one.refer && <StateTag tone="bad">{t('follow.refer')}</StateTag>}
                <span className="tm-quiet">
                  {t('next')} {one.nextOn}
                </span>
              </div>
            ))}
            <p>
              <To to={`/careplans/${residentId}`}>{t('person.open')}</To>
            </p>
          </>
        )}
      </Loaded>
      {enrolling && <PlanDialog residentId={residentId} onClose={() => setEnrolling(false)} />}
    </Card>
  )
}
