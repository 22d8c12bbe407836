import { checkDigit } from '@tongmai/api/resident/chinese-id'
import type { Registration } from '@tongmai/api/resident/person'
import { register } from '../src/modules/resident/index.ts'
import type { Region } from './world.ts'

let given = 0

/** A valid identity number of an invented division that nobody else in this process has got. */
export function givenChineseId(birthDate = '1962-03-09', sex: 'male' | 'female' = 'male'): string {
  const number = given++
  const serial = String((number % 499) * 2 + (sex === 'male' ? 1 : 2)).padStart(3, '0')
  const division = String(990_102 + Math.floor(number / 499))
  const first17 = `${division}${birthDate.replaceAll('-', '')}${serial}`
  return first17 + checkDigit(first17)
}

/** A resident registered at an institution, which from then on may open the record for treatment. */
export async function givenResident(
  world: Region,
  institutionId: string,
  more: Partial<Registration> & { number?: string } = {},
): Promise<{ id: string; number: string; name: string }> {
  const { number = givenChineseId(), ...rest } = more
  const registration: Registration = {
    name: '张测试',
    sex: null,
    birthDate: null,
    phone: '19900000001',
    address: '云泽市云津区鼓楼街道钟楼社区3号楼2单元501室',
    divisionCode: '990102001',
    documents: [{ kind: '01', number, country: null }],
    ...rest,
  }
  const { id } = await world.world.asSystem(institutionId, (ctx) => register(ctx, registration))
  return { id, number, name: registration.name }
}
