import { identityApi } from '@tongmai/api/identity'
import type { Account } from '@tongmai/api/identity/account'
import { role } from '@tongmai/api/identity/role'
import { Button, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { AddAccount } from './add-account.tsx'
import { AddPost } from './add-post.tsx'
import { Roles, useRoleOptions } from './roles.tsx'
import { identityWords } from './words.ts'

const LIMIT = 20
const filterShape = z.object({
  search: z.optional(z.string()),
  role: z.optional(role),
  state: z.optional(z.enum(['active', 'disabled'])),
  offset: z._default(z.coerce.number(), 0),
})

/** Everyone with a post at one's institution. */
export function AccountList() {
  const t = useWords(identityWords)
  const [filter, setFilter] = useSearch(filterShape)
  const { offset, ...asked } = filter
  const [adding, setAdding] = useState<'account' | 'post' | null>(null)
  const query = { ...asked, offset, limit: LIMIT }
  const read = useRead(
    identityApi.listAccounts,
    { query },
    { live: ['identity.account'], keepPrevious: true },
  )
  const add = (
    <>
      <Button onClick={() => setAdding('post')}>{t('account.add-post')}</Button>
      <Button type="primary" onClick={() => setAdding('account')}>
        {t('account.add')}
      </Button>
    </>
  )
  return (
    <Page title={t('account.title')} hint={t('account.hint')} actions={add}>
      <DataTable
        label={t('account.title')}
        columns={useColumns()}
        read={read}
        keyOf={({ id }) => id}
        rowTo={({ id }) => `/accounts/${id}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={<Filters filter={asked} onChange={(change) => setFilter({ ...change, offset: 0 })} />}
        filtered={Object.values(asked).some(Boolean)}
        onClear={() => setFilter({ search: undefined, role: undefined, state: undefined, offset: 0 })}
        empty={<Nothing title={t('account.none')} hint={t('account.none-hint')} />}
        readPage={(from, limit) =>
          call(identityApi.listAccounts, { query: { ...asked, offset: from, limit } })
        }
      />
      <AddAccount open={adding === 'account'} onClose={() => setAdding(null)} />
      <AddPost open={adding === 'post'} onClose={() => setAdding(null)} />
    </Page>
  )
}

type Filter = Omit<z.output<typeof filterShape>, 'offset'>

function Filters({ filter, onChange }: { filter: Filter; onChange: (change: Partial<Filter>) => void }) {
  const t = useWords(identityWords)
  const options = useRoleOptions()
  return (
    <>
      <SearchBox
        label={t('account.search')}
        value={filter.search}
        onSearch={(search) => onChange({ search })}
        width={220}
      />
      <Select
        allowClear
        aria-label={t('account.all-roles')}
        placeholder={t('account.all-roles')}
        options={options}
        value={filter.role}
        onChange={(next) => onChange({ role: next })}
        style={{ width: 170 }}
      />
      <FilterSelect
        label={t('account.all-states')}
        width={130}
        value={filter.state}
        keys={['active', 'disabled'] as const}
        word={(state) => t(`status.${state}`)}
        onChange={(next) => onChange({ state: next })}
      />
    </>
  )
}

function useColumns(): Column<Account>[] {
  const t = useWords(identityWords)
  const { briefly } = useDates()
  return [
    {
      key: 'name',
      title: t('account.name'),
      cell: (one) => (
        <>
          <b>{one.name}</b> {!one.home && <StateTag tone="note">{t('account.guest')}</StateTag>}
        </>
      ),
      text: (one) => one.name,
    },
    {
      key: 'username',
      title: t('account.username'),
      cell: (one) => one.username,
      text: (one) => one.username,
    },
    {
      key: 'roles',
      title: t('account.roles'),
      cell: (one) => <Roles roles={one.roles} />,
      text: (one) => one.roles.map((held) => t(`role.${held}`)).join('、'),
    },
    {
      key: 'state',
      title: t('account.state'),
      cell: (one) => <AccountState account={one} />,
      text: (one) => t(`status.${one.state}`),
    },
    {
      key: 'signedInAt',
      title: t('account.signed-in-at'),
      short: true,
      cell: (one) =>
        one.signedInAt ? briefly(one.signedInAt) : <span className="tm-quiet">{t('account.never')}</span>,
      text: (one) => one.signedInAt?.toISOString() ?? '',
    },
  ]
}

/** Whether somebody can sign in, and why not. */
export function AccountState({ account }: { account: Account }) {
  const t = useWords(identityWords)
  const { briefly } = useDates()
  if (account.state === 'disabled') return <StateTag tone="bad">{t('status.disabled')}</StateTag>
  if (account.lockedUntil) {
    return (
      <StateTag tone="wait">{t('account.locked-until', { time: briefly(account.lockedUntil) })}</StateTag>
    )
  }
  if (account.mustChangePassword) return <StateTag tone="wait">{t('account.first-password')}</StateTag>
  return <StateTag tone="good">{t('status.active')}</StateTag>
}
