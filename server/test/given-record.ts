import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Resource } from '../src/kernel/resource/owner.ts'
import { importBundle, type Progress } from '../src/modules/record/index.ts'
import type { Region } from './world.ts'

const folder = join(import.meta.dirname, 'material/synthea-r4')

export interface GivenBundle extends Resource {
  readonly entry: {
    fullUrl: string
    resource: Resource & { id: string }
    request: { method: string; url: string }
  }[]
}

/** The files of real (synthetic) patients' whole histories that lie in the repository. */
export const syntheaFiles: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json.gz'))
  .map((name) => join(folder, name))

/** One whole history as a transaction Bundle; `name` is the beginning of the file's name, `Mafalda` has heart disease. */
export function givenBundle(name = 'Liz'): GivenBundle {
  const file = syntheaFiles.find((path) => path.includes(`/${name}`))
  if (!file) throw new Error(`no history of ${name}`)
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as GivenBundle
}

/** Imports a history on behalf of the institution; answers whose it is and what was told of each entry. */
export async function givenHistory(
  world: Region,
  institutionId: string,
  name = 'Liz',
): Promise<{ residentId: string; told: Progress[] }> {
  const told: Progress[] = []
  await importBundle(world.world, institutionId, givenBundle(name), (progress) => told.push(progress))
  const [row] = await world.sql<{ id: string }>(
    `select id from kernel.resource_alias where type = 'Patient' and institution_id = $1 and key = $2`,
    [institutionId, givenBundle(name).entry[0]?.fullUrl],
  )
  if (!row) throw new Error(`${name} did not come in`)
  return { residentId: row.id, told }
}

/** An Observation of a resident as a hospital's system would send it. */
export const anObservation = (residentId: string, more: Partial<Record<string, unknown>> = {}): Resource =>
  ({
    resourceType: 'Observation',
    status: 'final',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' },
        ],
      },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '6298-4', display: 'Potassium' }] },
    subject: { reference: `Patient/${residentId}` },
    effectiveDateTime: '2024-05-06T08:30:00+08:00',
    valueQuantity: { value: 4.1, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
    ...more,
  }) as unknown as Resource
