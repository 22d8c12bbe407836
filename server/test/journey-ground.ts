import type { Ground, NewPatient } from './journey.ts'

type Headers = Readonly<Record<string, string>>

async function signIn(url: string, username: string): Promise<Headers> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: 'Tongmai-2026', carry: 'token' }),
  })
  const { token } = (await answer.json()) as { token: string }
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
}

async function client(url: string): Promise<Headers> {
  const body = {
    grant_type: 'client_credentials',
    client_id: 'demo-chc01',
    client_secret: 'demo-chc01-secret',
  }
  const answer = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(body) })
  const { access_token: token } = (await answer.json()) as { access_token: string }
  return { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' }
}

async function get<T>(url: string, headers: Headers): Promise<T> {
  const answer = await fetch(url, { headers })
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
  return (await answer.json()) as T
}

type List = { items: { id: string; code?: string; name: string }[] }

async function institutionId(url: string, as: Headers, code: string): Promise<string> {
  const { items } = await get<List>(`${url}/api/institutions?q=${code}&limit=5`, as)
  return items.find((one) => one.code === code)?.id ?? ''
}

async function departmentId(url: string, as: Headers, { of, name }: { of: string; name: string }) {
  const { items } = await get<List>(`${url}/api/departments?institutionId=${of}&limit=100`, as)
  return items.find((one) => one.name.includes(name))?.id ?? ''
}

/** The demonstration's hospital with so many places of one seat in its cardiology, and the people who walk there. */
export async function layGround(urls: string[], places: number): Promise<Ground> {
  const [url = ''] = urls
  const head = await signIn(url, 'head01')
  const people = {
    gp: await signIn(url, 'gp01'),
    clerk: await signIn(url, 'clerk01'),
    specialist: await signIn(url, 'cardio01'),
    onward: await signIn(url, 'clerk03'),
    his: await client(url),
  }
  const here = (code: string) => institutionId(url, head, code)
  const department = (of: string, name: string) => departmentId(url, head, { of, name })
  const toInstitutionId = await here('LEAD')
  const toDepartmentId = await department(toInstitutionId, '心血管内科')
  const branch = await here('GERI')
  const elsewhere = { institutionId: branch, departmentId: await department(branch, '') }
  const session = await get<{ practitionerId: string }>(`${url}/api/session`, people.gp)
  const community = { institutionId: await here('CHC01'), doctorId: session.practitionerId }
  const made = await fetch(`${url}/api/schedules`, {
    method: 'POST',
    headers: head,
    body: JSON.stringify({
      ...{ kind: 'clinic', departmentId: toDepartmentId, practitionerId: null, name: '抢号', room: '' },
      ...{ since: new Date().toISOString().slice(0, 10), slotMinutes: 5, seatsPerSlot: 1, quotas: [] },
      sessions: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '08:00', to: '17:00' })),
    }),
  })
  if (!made.ok) throw new Error(`no schedule: ${made.status} ${await made.text()}`)
  const query = `departmentId=${toDepartmentId}&kind=clinic&source=referral`
  const free = await get<{ placeId: string; name: string }[]>(`${url}/api/places?${query}`, people.clerk)
  const ours = free.filter(({ name }) => name.includes('抢号')).map(({ placeId }) => placeId)
  if (ours.length === 0) throw new Error('no places')
  return {
    urls,
    people,
    toInstitutionId,
    toDepartmentId,
    community,
    elsewhere,
    places: [...new Set(ours)].slice(0, places),
    stop: false,
  }
}

/** Different people: alike ones would be taken for one person and linked. */
export function patientOf(n: number): NewPatient {
  const two = (value: number) => String(value).padStart(2, '0')
  const [family, given] = [
    '赵钱孙李周吴郑王'[n % 8],
    `${'一二三四五六七八九'[(n >> 3) % 9]}${'甲乙丙丁戊己庚辛'[(n * 5) % 8]}`,
  ]
  const [system, value] = ['http://journey.example/number', `J${n}`]
  return {
    number: `${system}|${value}`,
    body: {
      resourceType: 'Patient',
      identifier: [{ system, value }],
      name: [{ use: 'official', text: `${family}${given}` }],
      gender: n % 2 ? 'female' : 'male',
      birthDate: `${1931 + (n % 80)}-${two(1 + ((n * 7) % 12))}-${two(1 + ((n * 11) % 28))}`,
      telecom: [{ system: 'phone', value: `13${String(700_000_000 + n * 7919).slice(-9)}` }],
      address: [{ text: `云泽市 ${n} 号` }],
    },
  }
}
