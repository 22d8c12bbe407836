import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { listDepartmentChoices } from '../network/index.ts'

interface Props {
  readonly id?: string
  readonly label?: string
  readonly institutionId: string | null
  readonly value: string | null
  readonly onChange: (departmentId: string | null) => void
  readonly width?: number
  readonly fixed?: boolean
}

/** The open departments of an institution. */
export function useDepartments(institutionId: string | null) {
  const read = useQuery({
    queryKey: ['capacity.departments', institutionId],
    queryFn: () => listDepartmentChoices(institutionId ?? ''),
    enabled: institutionId !== null,
    staleTime: 60_000,
  })
  return read.data ?? []
}

/** Chooses one department of an institution by name. */
export function DepartmentChoice({ id, label, institutionId, value, onChange, width, fixed = false }: Props) {
  const departments = useDepartments(institutionId)
  return (
    <Select
      {...(id ? { id } : {})}
      {...(label ? { 'aria-label': label, placeholder: label } : {})}
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: width ?? '100%' }}
      disabled={fixed || institutionId === null}
      value={value}
      options={departments.map(({ value: key, label: name }) => ({ value: key, label: name }))}
      onChange={(next: string | null) => onChange(next)}
    />
  )
}
