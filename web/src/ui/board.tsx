import type { ReactNode } from 'react'
import { To } from '../kernel/route.tsx'
import type { Tone } from './state-tag.tsx'

interface BoardProps<Item> {
  readonly columns: readonly {
    readonly key: string
    readonly title: string
    readonly tone?: Tone
    readonly total?: number
  }[]
  readonly items: readonly Item[]
  readonly columnOf: (item: Item) => string
  readonly keyOf: (item: Item) => string
  readonly to: (item: Item) => string
  readonly card: (item: Item) => ReactNode
  readonly emptyColumn?: string
}

/** Things as cards in columns by state. Moving is done on the thing's page: a drag is too easily a mistake. */
export function Board<Item>({
  columns,
  items,
  columnOf,
  keyOf,
  to,
  card,
  emptyColumn = '—',
}: BoardProps<Item>) {
  return (
    <div
      className="tm-board"
      style={{ gridTemplateColumns: `repeat(${columns.length}, minmax(220px, 1fr))` }}
    >
      {columns.map(({ key, title, tone = 'idle', total }) => {
        const own = items.filter((item) => columnOf(item) === key)
        return (
          <section key={key} aria-label={title}>
            <h3>
              <i className={`tm-dot tm-${tone}`} />
              {title}
              <span>{total ?? own.length}</span>
            </h3>
            <ul>
              {own.map((item) => (
                <li key={keyOf(item)}>
                  <To to={to(item)}>{card(item)}</To>
                </li>
              ))}
            </ul>
            {own.length === 0 && <p>{emptyColumn}</p>}
          </section>
        )
      })}
    </div>
  )
}
