import { givenStaff } from './given-identity.ts'
import { asking, givenDepartment, givenInstitution } from './given-network.ts'
import { givenResident } from './given-resident.ts'
import { givenPractitioner } from './given-workforce.ts'
import { region } from './world.ts'

/** A hospital with a clinic and a ward, a community centre that books, and their people, on a Monday at nine. */
export async function capacityRegion() {
  const world = await region()
  await world.setNow(new Date('2026-11-23T09:00:00+08:00'))
  const { id: hospital } = await givenInstitution(world, { name: '市一院' })
  const { id: centre } = await givenInstitution(world, {
    name: '河湾社区',
    kind: 'communityCentre',
    tier: 'primary',
  })
  const { id: third } = await givenInstitution(world, { name: '三院' })
  const cardiology = (await givenDepartment(world, hospital)).id
  const doctor = await givenPractitioner(world, hospital, { departmentId: cardiology })
  const gp = await givenPractitioner(world, centre)
  const people = {
    manager: await givenStaff(world, hospital, ['office-head', 'nurse'], { practitioner: doctor.id }),
    gp: await givenStaff(world, centre, ['gp'], { practitioner: gp.id }),
    stranger: await givenStaff(world, third, ['office-head', 'nurse']),
  }
  await world.sql(`update identity.session set until = '2036-01-01', seen_at = '2035-01-01'`)
  let residents = 0
  const resident = async () =>
    (await givenResident(world, centre, { phone: `199${String(10_000_000 + residents++)}` })).id
  /** A resident with a family-doctor contract in force. */
  const contracted = async (): Promise<string> => {
    const id = await resident()
    await world.sql(
      `insert into contract.contract (resident_id, id, number, status, community_id, team_id, doctor_id, act_id, packages, package_names,
          levels, fee, fee_fen, months, starts_on, ends_on, channel, consent_version, consent_hash, author_id, since)
        values ($1::uuid, $1::uuid, $1::text, 'active', $2, $2, $3, $2, '[]', '{}', '{}', '[]', 0, 12, '2026-01-01', '2026-12-31', 'onSite', '1', '', '', now())`,
      [id, centre, gp.id],
    )
    return id
  }
  const { get, post } = asking(world)

  const scheduleBody = (more: object = {}) => ({
    kind: 'clinic',
    departmentId: cardiology,
    practitionerId: doctor.id,
    name: '心内科专家门诊',
    room: '三楼 12 诊室',
    sessions: [{ weekday: 2, from: '08:00', to: '10:00' }],
    slotMinutes: 30,
    seatsPerSlot: 1,
    since: '2026-11-23',
    quotas: [],
    ...more,
  })
  const addSchedule = async (more: object = {}): Promise<string> => {
    const { status, body } = await post(people.manager, '/schedules', scheduleBody(more))
    if (status !== 200) throw new Error(JSON.stringify(body))
    return (body as { id: string }).id
  }
  const addWard = async (beds: number, bedKind = 'general'): Promise<string> => {
    const { status, body } = await post(people.manager, '/wards', {
      ...{ departmentId: cardiology, name: `${bedKind}病区`, bedKind, beds },
    })
    if (status !== 200) throw new Error(JSON.stringify(body))
    return (body as { id: string }).id
  }
  const later = (minutes: number) => world.setNow(new Date(world.world.now().getTime() + minutes * 60_000))
  return {
    ...{ world, hospital, centre, third, cardiology, doctor, people, get, post },
    ...{ resident, contracted, scheduleBody, addSchedule, addWard, later },
  }
}
export type CapacityRegion = Awaited<ReturnType<typeof capacityRegion>>
