import { roles as known, type Role } from '@tongmai/api/identity/role'
import { Select } from 'antd'
import { useWords } from '../../kernel/words.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { identityWords } from './words.ts'

const isRole = (role: string): role is Role => Object.hasOwn(known, role)

/** Roles in words. */
export function Roles({ roles }: { roles: readonly string[] }) {
  const t = useWords(identityWords)
  return roles.map((role) => (
    <span key={role} style={{ marginRight: 4 }}>
      <StateTag>{isRole(role) ? t(`role.${role}`) : role}</StateTag>
    </span>
  ))
}

/** All roles to choose from, in words. */
export function useRoleOptions(): { value: Role; label: string }[] {
  const t = useWords(identityWords)
  return (Object.keys(known) as Role[]).map((role) => ({ value: role, label: t(`role.${role}`) }))
}

interface RolePickerProps {
  readonly id: string
  readonly value: readonly Role[]
  readonly onChange: (roles: Role[]) => void
}

/** Chooses one or more roles. */
export function RolePicker({ id, value, onChange }: RolePickerProps) {
  const options = useRoleOptions()
  return (
    <Select
      id={id}
      mode="multiple"
      options={options}
      value={[...value]}
      onChange={onChange}
      optionFilterProp="label"
      style={{ width: '100%' }}
    />
  )
}
