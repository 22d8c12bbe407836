import { careplanApi } from '@tongmai/api/careplan'
import type { FollowedPathway, StepStanding } from '@tongmai/api/careplan/following-pathway'
import { Button } from 'antd'
import { useState } from 'react'
import { useGo } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { useCriterionText } from './criterion-text.ts'
import { PlanDialog } from './plan-dialog.tsx'
import { RecordDialog, referralPath } from './record-dialog.tsx'
import { SkipDialog, StepDialog } from './step-dialog.tsx'
import { careplanWords } from './words.ts'

interface NextStepProps {
  readonly residentId: string
  readonly followed: FollowedPathway
  readonly standing: StepStanding
  readonly acts: boolean
}

/** The step that is proposed: what, why now, on which guideline, and the one act that does it. */
export function NextStep({ residentId, followed, standing, acts }: NextStepProps) {
  const t = useWords(careplanWords)
  const { known } = useCriterionText()
  const [open, setOpen] = useState<'do' | 'skip' | 'enrol' | 'follow' | null>(null)
  const { step, guideline, because } = standing
  const reasons = because.filter((one) => one.holds)
  const close = () => setOpen(null)
  return (
    <div className="tm-next-step" role="status">
      <div className="tm-row" style={{ flexWrap: 'wrap' }}>
        <StateTag tone={step.urgent ? 'bad' : 'accent'}>{t('on.next')}</StateTag>
        <b>{step.title}</b>
        {step.urgent && <StateTag tone="bad">{t('step.urgent')}</StateTag>}
      </div>
      <p>{step.text}</p>
      {reasons.length > 0 && (
        <p>
          {t('on.because')}：{reasons.map(known).join('；')}
        </p>
      )}
      {guideline && (
        <p className="tm-quiet">
          {t('step.guideline')}：{t('step.guideline-of', guideline)}
        </p>
      )}
      {acts && (
        <div className="tm-row" style={{ flexWrap: 'wrap' }}>
          <Acts residentId={residentId} followed={followed} standing={standing} onOpen={setOpen} />
          <Button size="small" type="text" onClick={() => setOpen('skip')}>
            {t('on.skip')}
          </Button>
        </div>
      )}
      {open === 'do' && <StepDialog followed={followed} step={step} onClose={close} />}
      {open === 'skip' && <SkipDialog followed={followed} step={step} onClose={close} />}
      {open === 'enrol' && <PlanDialog residentId={residentId} onClose={close} />}
      {open === 'follow' && <FollowNow residentId={residentId} followed={followed} onClose={close} />}
    </div>
  )
}

interface ActsProps {
  readonly residentId: string
  readonly followed: FollowedPathway
  readonly standing: StepStanding
  readonly onOpen: (what: 'do' | 'enrol' | 'follow') => void
}

/** The act by which this kind of step is done. */
function Acts({ residentId, standing, onOpen }: ActsProps) {
  const t = useWords(careplanWords)
  const may = useMay()
  const go = useGo()
  const { step, because } = standing
  const { known } = useCriterionText()
  const main = (label: string, run: () => void) => (
    <Button size="small" type="primary" onClick={run}>
      {label}
    </Button>
  )
  if (step.kind === 'enrol') return may('careplan.enrol') && main(t('on.enrol'), () => onOpen('enrol'))
  if (step.kind === 'followUp') return main(t('on.follow-up'), () => onOpen('follow'))
  if (step.kind !== 'refer') return main(t(step.form ? 'on.fill' : 'on.do'), () => onOpen('do'))
  const why = [step.title, ...because.filter((one) => one.holds).map(known)].join('：')
  return (
    <>
      {may('referral.write') && main(t('on.refer'), () => go(referralPath(residentId, why)))}
      <Button size="small" onClick={() => onOpen('do')}>
        {t('on.referred')}
      </Button>
    </>
  )
}

/** The follow-up of the pathway's programme that is due, opened with its form. */
function FollowNow({
  residentId,
  followed,
  onClose,
}: {
  residentId: string
  followed: FollowedPathway
  onClose: () => void
}) {
  const query = { residentId, programme: followed.programme, status: 'due' as const, limit: 1 }
  const [due] = useRead(careplanApi.listFollowUps, { query }).data?.items ?? []
  return due ? <RecordDialog followUp={due} onClose={onClose} /> : null
}
