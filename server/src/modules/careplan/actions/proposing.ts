import type { ProposedReferral, programmeApi } from '@tongmai/api/careplan/programme'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { currentContract } from '../../contract/index.ts'
import { findInstitution } from '../../network/index.ts'
import { requireResident } from '../../resident/index.ts'
import { diagnosisOf } from '../chain-stage.ts'
import { wordsOf } from '../judge-follow-up.ts'
import { find, referralReason } from '../store/enrolment.ts'
import { findForm, findProgramme } from '../store/form.ts'
import { listLastDone, readEnrolment } from '../store/planned.ts'

const LAST = 2

/** What the last follow-ups said, a line each. */
async function lastWords(ctx: Ctx, of: { residentId: string; enrolmentId: string }): Promise<string[]> {
  const words: string[] = []
  for (const row of await listLastDone(ctx, of, LAST)) {
    const form = await findForm(ctx, row.form, row.formVersion ?? 1)
    words.push(
      `${row.dueOn} 随访：${row.answers ? wordsOf(form.questionnaire, row.answers) : (row.note ?? '')}`,
    )
  }
  return words
}

/** The hospital that the resident chose in the contract: the secondary one where there is one. */
async function hospitalOf(ctx: Ctx, residentId: string): Promise<ProposedReferral['to']> {
  const contract = await currentContract(ctx, residentId)
  const id = contract?.secondaryId ?? contract?.tertiaryId
  if (!id) return null
  const { name } = await findInstitution(ctx, id)
  return { id, name }
}

export const proposing: Pick<Actions<typeof programmeApi>, 'proposeReferral'> = {
  async proposeReferral(ctx, { params }) {
    const { residentId } = await readEnrolment(ctx, params.id)
    await requireResident(ctx, residentId)
    const enrolment = await find(ctx, params.id, residentId)
    const programme = await findProgramme(ctx, enrolment.programme)
    const reason = referralReason(enrolment, programme) ?? refuse('conflict', 'careplan.no-referral-proposed')
    const said = await lastWords(ctx, { residentId, enrolmentId: params.id })
    const diagnosis = diagnosisOf[enrolment.programme]
    return {
      ...{
        residentId,
        reason,
        diagnosis,
        urgency: enrolment.lastVerdict === 'critical' ? 'urgent' : 'routine',
      },
      firstImpression: `${diagnosis.text}，${enrolment.lastVerdict === 'critical' ? '危急' : '控制不满意'}`,
      treatmentSoFar: [enrolment.plan, ...said].join('\n').slice(0, 2000),
      to: await hospitalOf(ctx, residentId),
    }
  },
}
