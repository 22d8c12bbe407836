import { DownOutlined, MenuFoldOutlined, MenuUnfoldOutlined, RightOutlined } from '@ant-design/icons'
import { useLocation } from '@tanstack/react-router'
import { Button, Tooltip } from 'antd'
import { useSyncExternalStore } from 'react'
import { kept } from '../kernel/kept.ts'
import {
  type NavigationEntry,
  type NavigationGroup,
  navigationGroups,
  type StaffModule,
} from '../kernel/module.ts'
import { To } from '../kernel/route.tsx'
import { useMay } from '../kernel/session.tsx'
import { webWords } from '../kernel/web-words.ts'
import { useSay, useWords } from '../kernel/words.ts'

/** The groups that this person has folded away; at first those that are seldom needed. */
const closedGroups = kept<readonly NavigationGroup[]>('navigation.closed', ['alliance', 'settings'])

interface NavigationProps {
  readonly modules: readonly StaffModule[]
  readonly folded: boolean
  readonly onFold: () => void
}

/** What one's role may open, in groups, and which of it is open. */
export function useEntries(modules: readonly StaffModule[]) {
  const may = useMay()
  const path = useLocation({ select: ({ pathname }) => pathname })
  const entries = modules
    .flatMap((module) => module.navigation ?? [])
    .filter((entry) => may(entry.may))
    .sort((a, b) => (a.order ?? 50) - (b.order ?? 50))
  const groups = navigationGroups
    .map((group) => ({ group, entries: entries.filter((entry) => entry.group === group) }))
    .filter((one) => one.entries.length > 0)
  return { groups, current: currentOf(entries, path) }
}

/** The left navigation: what one's role may open, in groups. */
export function Navigation({ modules, folded, onFold }: NavigationProps) {
  const t = useWords(webWords)
  const { groups, current } = useEntries(modules)
  return (
    <nav className="tm-side" aria-label={t('shell.navigation')}>
      {groups.map(({ group, entries }) => (
        <Group key={group} group={group} entries={entries} current={current} folded={folded} />
      ))}
      <div className="tm-side-foot">
        <Button
          type="text"
          aria-label={t(folded ? 'shell.unfold' : 'shell.fold')}
          icon={folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
          onClick={onFold}
        />
      </div>
    </nav>
  )
}

interface GroupProps {
  readonly group: NavigationGroup
  readonly entries: readonly NavigationEntry[]
  readonly current: NavigationEntry | undefined
  readonly folded: boolean
}

/** One group under its heading, which folds it away; the one with the page at hand stays open. */
function Group({ group, entries, current, folded }: GroupProps) {
  const t = useWords(webWords)
  const closed = useSyncExternalStore(closedGroups.subscribe, closedGroups.get)
  const isOpen = !closed.includes(group) || entries.some((entry) => entry === current)
  const turn = () => closedGroups.set(isOpen ? [...closed, group] : closed.filter((other) => other !== group))
  return (
    <section data-closed={!isOpen}>
      <h2>
        <button type="button" aria-expanded={isOpen} onClick={turn}>
          {t(`group.${group}`)}
          {isOpen ? <DownOutlined /> : <RightOutlined />}
        </button>
      </h2>
      <ul>
        {entries.map((entry) => (
          <li key={entry.path}>
            <Line entry={entry} folded={folded} current={entry === current} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Line({ entry, folded, current }: { entry: NavigationEntry; folded: boolean; current: boolean }) {
  const say = useSay()
  const { icon: Icon } = entry
  const link = (
    <To
      to={entry.path}
      {...(current ? { 'aria-current': 'page' as const } : {})}
      {...(folded ? { 'aria-label': say(entry.label) } : {})}
    >
      <span aria-hidden="true">{Icon ? <Icon /> : say(entry.label).slice(0, 1)}</span>
      <span>{say(entry.label)}</span>
    </To>
  )
  return folded ? (
    <Tooltip title={say(entry.label)} placement="right">
      {link}
    </Tooltip>
  ) : (
    link
  )
}

/** The entry whose path is the longest beginning of the address. */
function currentOf(entries: readonly NavigationEntry[], path: string): NavigationEntry | undefined {
  const fits = entries.filter(
    (entry) => entry.path === path || (entry.path !== '/' && path.startsWith(`${entry.path}/`)),
  )
  return fits.sort((a, b) => b.path.length - a.path.length)[0]
}
