import { type Actor, system } from '../../../kernel/actor.ts'
import { type Ctx, ctxWith } from '../../../kernel/ctx.ts'
import { demoId } from '../../../kernel/demo.ts'
import { demoResidents, grant } from '../../resident/index.ts'
import { demoPerson } from '../../workforce/index.ts'
import { caring } from '../actions/caring.ts'
import { entering } from '../actions/entering.ts'
import { writing } from '../actions/write.ts'

const HOUR_MS = 3_600_000
const run = <T>(action: unknown, ctx: Ctx, input: unknown): Promise<T> =>
  (action as (ctx: Ctx, input: unknown) => Promise<T>)(ctx, input)

/** Somebody who came to the hospital without paper last night: entered there, in care, still to be confirmed by the community. */
export async function demoEntry(ctx: Ctx): Promise<void> {
  const [hospital, community] = [demoId('network', 'LEAD'), demoId('network', 'CHC01')]
  const resident = demoResidents()
    .filter((one) => one.institution === 'CHC01' && one.birthDate < '1972-01-01')
    .at(-9)
  const { practitionerId: doctor } = demoPerson('cardio01')
  if (!resident || !doctor) return
  const at = new Date(ctx.now.getTime() - 9 * HOUR_MS)
  const actor: Actor = {
    ...system(hospital),
    practitionerId: doctor,
    permissions: new Set(['referral.write', 'referral.read', 'referral.receive', 'referral.treat']),
  }
  const then: Ctx = ctxWith(ctx, { actor, now: at })
  await grant(then, {
    ...{ residentId: resident.id, institutionId: hospital, basis: 'treatment', depth: 'full' },
    ...{ source: 'registration', until: new Date(at.getTime() + 30 * 24 * HOUR_MS) },
  })
  const { id } = await run<{ id: string }>(writing.write, then, {
    body: {
      ...{ residentId: resident.id, direction: 'up', urgency: 'emergency', parentId: null, wantedOn: null },
      ...{ sender: { institutionId: community, practitionerId: null }, retroEntry: true, returnNote: null },
      ...{
        toInstitutionId: hospital,
        toDepartmentId: demoId('network', 'LEAD/CARD'),
        toPractitionerId: null,
      },
      fromDepartmentId: null,
      form: {
        firstImpression: '急性左心衰',
        reason: '夜间突发气促、不能平卧，家属诉鼓楼社区电话嘱其直接来院，未带转诊单。',
        pastHistory: '高血压二十年，规律服药。',
        ...{ allergies: '无', treatmentSoFar: '家中含服硝酸甘油一片。', attention: '' },
        ...{
          diagnosis: { code: 'I50.1', text: '左心室衰竭' },
          indications: [],
          attachments: [],
          excerpts: [],
        },
        consent: { agreed: true, signer: '家属', relation: '1', at },
      },
    },
  })
  await run(entering.enter, then, {
    params: { id },
    body: {
      comment: '急诊到院，先救治后补单',
      arrangement: {
        ...{ departmentId: demoId('network', 'LEAD/CARD'), practitionerId: doctor, at, placeId: null },
        ...{ place: '急诊抢救室 3 床', instructions: '' },
      },
    },
  })
  const soon = ctxWith(then, { now: new Date(at.getTime() + 600_000) })
  await run(caring.startCare, soon, { params: { id }, body: { comment: '' } })
}
