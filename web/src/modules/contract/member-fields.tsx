import type { ServicePackage } from '@tongmai/api/contract/package'
import { residentApi } from '@tongmai/api/resident'
import type { OpenedResident } from '@tongmai/api/resident/person'
import { Checkbox, Select } from 'antd'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { yuanOf } from './state.tsx'
import { contractWords } from './words.ts'

/** One who signs, and what for. */
export interface Member {
  readonly residentId: string
  readonly name: string
  readonly packageIds: readonly string[]
  readonly changesTeam: boolean
}

interface MemberFieldsProps {
  readonly resident: OpenedResident
  readonly packages: readonly ServicePackage[]
  readonly value: readonly Member[]
  readonly onChange: (members: readonly Member[]) => void
}

/** The resident and those of the household who sign along, each with packages of their own. */
export function MemberFields({ resident, packages, value, onChange }: MemberFieldsProps) {
  const t = useWords(contractWords)
  const household = useRead(residentApi.readHousehold, { params: { id: resident.id } })
  const others = (household.data?.members ?? []).filter((one) => one.id !== resident.id)
  const basic = packages.filter((one) => one.level === 'basic').map((one) => one.id)
  const toggle = (residentId: string, name: string, joins: boolean) =>
    onChange(
      joins
        ? [...value, { residentId, name, packageIds: basic, changesTeam: false }]
        : value.filter((one) => one.residentId !== residentId),
    )
  const change = (residentId: string, next: Partial<Member>) =>
    onChange(value.map((one) => (one.residentId === residentId ? { ...one, ...next } : one)))
  const options = packages.map((one) => ({
    value: one.id,
    label: `${one.name}（${t('package.personal')} ${t('yuan', { yuan: yuanOf(one.personalFen) })}）`,
  }))
  return (
    <>
      {others.length > 0 && (
        <Field label={t('sign.household')}>
          {() => (
            <div className="tm-row" style={{ flexWrap: 'wrap' }}>
              {others.map((one) => (
                <Checkbox
                  key={one.id}
                  checked={value.some((member) => member.residentId === one.id)}
                  onChange={({ target }) => toggle(one.id, one.nameMasked, target.checked)}
                >
                  {one.nameMasked} {t(`relation.${one.relation}`)}
                </Checkbox>
              ))}
            </div>
          )}
        </Field>
      )}
      {value.map((member) => (
        <Fields key={member.residentId}>
          <Field label={`${member.name} · ${t('packages')}`} required>
            {(id) => (
              <Select
                id={id}
                mode="multiple"
                showSearch={{ optionFilterProp: 'label' }}
                style={{ width: '100%' }}
                value={[...member.packageIds]}
                options={options}
                onChange={(packageIds: string[]) => change(member.residentId, { packageIds })}
              />
            )}
          </Field>
          <Field label={t('move.changeTeam')}>
            {(id) => (
              <Checkbox
                id={id}
                checked={member.changesTeam}
                onChange={({ target }) => change(member.residentId, { changesTeam: target.checked })}
              >
                {t('sign.changes')}
              </Checkbox>
            )}
          </Field>
        </Fields>
      ))}
    </>
  )
}
