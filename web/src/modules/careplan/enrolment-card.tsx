import type { Enrolment } from '@tongmai/api/careplan/programme'
import { Button } from 'antd'
import { useState } from 'react'
import { useGo } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useWords } from '../../kernel/words.ts'
import { Card, Facts } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { EndDialog } from './end-dialog.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { referralPath } from './record-dialog.tsx'
import { VerdictTag } from './verdict-tag.tsx'
import { careplanWords } from './words.ts'

/** One programme somebody is in: plan, goals, where it stands, and the referral that the rules propose. */
export function EnrolmentCard({ enrolment }: { enrolment: Enrolment }) {
  const t = useWords(careplanWords)
  const may = useMay()
  const go = useGo()
  const [open, setOpen] = useState<'plan' | 'end' | null>(null)
  const one = enrolment
  const active = one.status === 'active'
  const acts = active && one.mine && may('careplan.enrol') && (
    <span className="tm-row">
      <Button size="small" onClick={() => setOpen('plan')}>
        {t('plan.change')}
      </Button>
      <Button size="small" type="text" onClick={() => setOpen('end')}>
        {t('end')}
      </Button>
    </span>
  )
  return (
    <Card
      title={
        <>
          {one.programmeName}{' '}
          <StateTag tone={active ? 'good' : 'idle'}>
            {active ? t('status.active') : t(`reason.${one.endReason ?? 'residentWish'}`)}
          </StateTag>
        </>
      }
      extra={acts}
    >
      {one.refer && (
        <div className="tm-row" role="alert" style={{ flexWrap: 'wrap', marginBottom: 12 }}>
          <StateTag tone="bad">{t('follow.refer')}</StateTag> {one.refer}
          {may('referral.write') && (
            <Button
              type="primary"
              size="small"
              onClick={() => go(referralPath(one.resident.id, one.refer ?? '', one.id))}
            >
              {t('follow.refer-now')}
            </Button>
          )}
        </div>
      )}
      <Facts
        facts={[
          [t('risk'), t(`risk.${one.risk}`)],
          [t('doctor'), [one.doctor?.name, one.institution].filter(Boolean).join(' · ')],
          [t('enrolled'), [one.enrolledOn, one.endedOn].filter(Boolean).join(' – ')],
          [
            t('last'),
            one.lastOn && (
              <>
                {one.lastOn} {one.lastVerdict && <VerdictTag verdict={one.lastVerdict} />}{' '}
                {t(one.lastControlled ? 'controlled' : 'uncontrolled')}
              </>
            ),
          ],
          [t('next'), one.nextOn],
          [t('goals'), one.goals.map((goal) => `${goal.text} ${goal.target}`).join('；')],
          [t('plan'), one.plan],
          [t('plain'), one.plain],
        ]}
      />
      {open === 'plan' && (
        <PlanDialog residentId={one.resident.id} enrolment={one} onClose={() => setOpen(null)} />
      )}
      {open === 'end' && <EndDialog enrolment={one} onClose={() => setOpen(null)} />}
    </Card>
  )
}
