interface TallyProps<Key extends string> {
  readonly label: string
  readonly tabs: readonly {
    readonly key: Key
    readonly label: string
    readonly count?: number | undefined
    readonly bad?: boolean
  }[]
  readonly value: Key
  readonly onChange: (key: Key) => void
}

/** Lists to choose from, each with its count: 全部 12 · 超时 3. */
export function Tally<Key extends string>({ label, tabs, value, onChange }: TallyProps<Key>) {
  return (
    <fieldset className="tm-tally">
      <legend className="tm-hidden">{label}</legend>
      {tabs.map(({ key, label: name, count, bad }) => (
        <button
          key={key}
          type="button"
          aria-pressed={key === value}
          data-bad={bad && Boolean(count)}
          onClick={() => onChange(key)}
        >
          {name}
          {count !== undefined && <b>{count > 999 ? '999+' : count}</b>}
        </button>
      ))}
    </fieldset>
  )
}
