import { Select } from 'antd'

interface FilterSelectProps<Key extends string> {
  /** What the list is narrowed by. */
  readonly label: string
  /** What stands there while nothing is chosen; the label where nothing is said. */
  readonly all?: string
  readonly width: number
  readonly value: Key | undefined
  readonly keys: readonly Key[]
  readonly word: (key: Key) => string
  readonly onChange: (key: Key | undefined) => void
}

/** So many lines are read at a glance; more are also found by typing. */
const AT_A_GLANCE = 10

/** Narrows a list to one of fixed values, or, cleared, to none of them. */
export function FilterSelect<Key extends string>(props: FilterSelectProps<Key>) {
  const { label, all = label, width, value, keys, word, onChange } = props
  return (
    <Select<Key | null>
      allowClear
      aria-label={label}
      placeholder={all}
      style={{ width }}
      {...(keys.length > AT_A_GLANCE ? { showSearch: { optionFilterProp: 'label' } } : {})}
      value={value ?? null}
      options={keys.map((key) => ({ value: key, label: word(key) }))}
      onChange={(key: Key | null | undefined) => onChange(key ?? undefined)}
    />
  )
}
