// `npm run found -- --code LEAD --name 市第一人民医院 --credit-code 12… --admin admin01 [--kind generalHospital] [--tier tertiary]`:
// the first institution of a real installation and its first administrator. Run once, while the product runs or not.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { networkApi } from '@tongmai/api/network'
import * as z from 'zod/mini'
import { openDoor } from '../server/src/kernel/door.ts'
import { masterKey } from '../server/src/kernel/key-file.ts'
import { Unable } from '../server/src/kernel/postgres/unable.ts'
import { buildSchema, migrationSources } from '../server/src/kernel/program.ts'
import { Refusal } from '../server/src/kernel/refusal.ts'
import { setMasterKey } from '../server/src/kernel/secret.ts'
import { addStaff, firstPassword } from '../server/src/modules/identity/index.ts'
import { enterInstitution } from '../server/src/modules/network/index.ts'
import { modules } from '../server/src/modules.ts'
import { runTool } from './tool.ts'

const options = {
  code: { type: 'string' },
  name: { type: 'string' },
  'short-name': { type: 'string' },
  'credit-code': { type: 'string' },
  kind: { type: 'string', default: 'generalHospital' },
  tier: { type: 'string', default: 'tertiary' },
  admin: { type: 'string' },
} as const

function institutionOf(values: Readonly<Record<string, string | undefined>>) {
  const given = {
    code: values.code,
    name: values.name,
    shortName: values['short-name'] ?? values.name,
    creditCode: values['credit-code'] ?? null,
    kind: values.kind,
    tier: values.tier,
    hospitalGrade: null,
    divisionCode: null,
    longitude: null,
    latitude: null,
    address: null,
    phone: null,
  }
  const decoded = z.safeDecode(networkApi.addInstitution.body, given as never)
  if (decoded.success) return decoded.data
  const fields = decoded.error.issues.map((issue) => `--${issue.path.join('.')}`).join(', ')
  throw new Unable(`Not understood: ${fields}. See docs/guide/operate.md.`)
}

await runTool(
  async ({ config, access }) => {
    const { values } = parseArgs({ options, strict: true })
    const institution = institutionOf(values)
    const username = values.admin ?? 'admin'
    setMasterKey(masterKey(config.dataDir, config.masterKey))
    await buildSchema(
      access.ownerUrl,
      migrationSources(fileURLToPath(new URL('../server/src/', import.meta.url)), modules),
    )
    const password = firstPassword()
    const door = await openDoor(access)
    try {
      await door.asSystem(null, async (ctx) => {
        const { id } = await enterInstitution(ctx, institution)
        const posts = [{ institutionId: id, roles: ['admin', 'it', 'alliance-office'] as const }]
        await addStaff(ctx, { name: '管理员', username, password, posts, mustChangePassword: true })
      })
      console.info(
        `${institution.name} is founded. Sign in as ${username} with ${password} and choose another password.`,
      )
    } catch (error) {
      throw error instanceof Refusal ? new Unable(`Refused: ${error.code}.`) : error
    } finally {
      await door.close()
    }
  },
  { mayCreate: true },
)
