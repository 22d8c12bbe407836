import type { Ctx } from '../../../kernel/ctx.ts'
import { demoId } from '../../../kernel/demo.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { createResource, requireShape } from '../../../kernel/resource/write.ts'
import type { World } from '../../../kernel/world.ts'
import { demoStaff } from '../../workforce/index.ts'

/** What one prescription says: of what · how often a day · how much · when · for how many days. */
type Line = readonly [name: string, aDay: number, dose: string, when: string, days: number]
/** Resident · by whom · days ago, the latest active, earlier ones used up · lines. */
type Story = readonly [resident: number, by: string, daysAgo: readonly number[], lines: readonly Line[]]

const stories: readonly Story[] = [
  [
    ...([0, 'gp01', [18, 48, 410]] as const),
    [
      ['氨氯地平片 5mg', 1, '1 片', 'MORN', 30],
      ['二甲双胍片 0.5g', 2, '1 片', 'C', 30],
    ],
  ],
  [
    ...([0, 'cardio01', [40]] as const),
    [
      ['阿托伐他汀片 20mg', 1, '1 片', 'HS', 90],
      ['阿司匹林肠溶片 100mg', 1, '1 片', 'AC', 90],
    ],
  ],
  [...([1, 'gp01', [9, 220]] as const), [['左甲状腺素钠片 50μg', 1, '1 片', 'ACM', 30]]],
  [
    ...([2, 'gp01', [26, 300]] as const),
    [
      ['多巴丝肼片 250mg', 3, '0.5 片', 'AC', 30],
      ['碳酸钙D3片 0.6g', 1, '1 片', 'PC', 30],
    ],
  ],
  [...([3, 'gp01', [12]] as const), [['非布司他片 40mg', 1, '1 片', 'PC', 30]]],
  [...([5, 'resp01', [33, 190]] as const), [['噻托溴铵粉吸入剂 18μg', 1, '1 吸', 'MORN', 60]]],
  [...([7, 'cardio01', [21, 500]] as const), [['华法林片 2.5mg', 1, '1 片', 'EVE', 30]]],
  [...([8, 'gp01', [7, 365]] as const), [['二甲双胍片 0.5g', 3, '1 片', 'C', 30]]],
]

/** Taken for a week; the treatment ends by itself. */
const short = [0, 'gp01', 3, ['氨溴索片 30mg', 3, '1 片', 'PC', 7]] as const

const DAY_MS = 86_400_000

function prescriptionOf(
  [name, aDay, dose, when, days]: Line,
  { residentId, by, at, status }: { residentId: string; by: string; at: Date; status: string },
): Resource {
  const [value = '', unit = ''] = dose.split(' ')
  const doseQuantity = { value: Number(value), unit }
  const repeat = { frequency: aDay, period: 1, periodUnit: 'd', when: [when] }
  return {
    ...{ resourceType: 'MedicationRequest', status, intent: 'order', authoredOn: at.toISOString() },
    medicationCodeableConcept: { text: name },
    subject: { reference: `Patient/${residentId}` },
    requester: { reference: `Practitioner/${by}` },
    dosageInstruction: [{ timing: { repeat }, doseAndRate: [{ doseQuantity }] }],
    dispenseRequest: { expectedSupplyDuration: { value: days, unit: 'd' } },
  }
}

async function lay(ctx: Ctx, resource: Resource): Promise<void> {
  requireShape(resource)
  await createResource(ctx, resource)
}

async function prescribe(
  world: World,
  { n, username, daysAgo, make }: { n: number; username: string; daysAgo: number; make: Make },
): Promise<void> {
  const doctor = demoStaff.find((person) => person.username === username)
  if (!doctor?.practitionerId) return
  const by = doctor.practitionerId
  await world.asSystem(demoId('network', doctor.institution), async (ctx) => {
    const at = new Date(ctx.now.getTime() - daysAgo * DAY_MS)
    for (const one of make({ residentId: demoId('resident', n), by, at })) await lay(ctx, one)
  })
}
type Make = (head: { residentId: string; by: string; at: Date }) => Resource[]

/** What the people of the stories take: for years, by several doctors of the alliance, and something for a week. */
export async function layPrescriptions(world: World): Promise<void> {
  for (const [n, username, times, lines] of stories)
    for (const [i, daysAgo] of times.entries()) {
      const status = i === 0 ? 'active' : 'completed'
      const make: Make = (head) => lines.map((line) => prescriptionOf(line, { ...head, status }))
      await prescribe(world, { n, username, daysAgo, make })
    }
  const [n, username, daysAgo, line] = short
  const make: Make = (head) => {
    const whole = prescriptionOf(line, { ...head, status: 'active' })
    const [dosage] = whole.dosageInstruction as [{ timing: { repeat: object } }]
    const repeat = { ...dosage.timing.repeat, boundsDuration: { value: line[4], unit: 'd' } }
    return [{ ...whole, dosageInstruction: [{ ...dosage, timing: { repeat } }] }]
  }
  await prescribe(world, { n, username, daysAgo, make })
}
