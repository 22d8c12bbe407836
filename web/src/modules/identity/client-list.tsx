import { identityApi } from '@tongmai/api/identity'
import type { Client } from '@tongmai/api/identity/client'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { useTellRefused } from '../../ui/tell.tsx'
import { AddClient } from './add-client.tsx'
import { ChangeClient } from './change-client.tsx'
import { Scopes } from './scopes.tsx'
import { type Once, ShownOnce } from './shown-once.tsx'
import { identityWords } from './words.ts'

const LIMIT = 20
const filterShape = z.object({ offset: z._default(z.coerce.number(), 0) })

/** The system clients of one's institution. */
export function ClientList() {
  const t = useWords(identityWords)
  const [{ offset }, setFilter] = useSearch(filterShape)
  const [adding, setAdding] = useState(false)
  const [once, setOnce] = useState<Once | null>(null)
  const query = { offset, limit: LIMIT }
  const read = useRead(identityApi.listClients, { query }, { live: ['identity.client'], keepPrevious: true })
  const columns = useColumns(setOnce)
  const add = (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('client.add')}
    </Button>
  )
  return (
    <Page title={t('client.title')} hint={t('client.hint')} actions={add}>
      <DataTable
        label={t('client.title')}
        columns={columns}
        read={read}
        keyOf={({ id }) => id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        readPage={(from, limit) => call(identityApi.listClients, { query: { offset: from, limit } })}
        empty={<Nothing title={t('client.none')} hint={t('client.none-hint')} />}
      />
      <AddClient open={adding} onClose={() => setAdding(false)} onSecret={setOnce} />
      <ShownOnce once={once} onKept={() => setOnce(null)} />
    </Page>
  )
}

function useColumns(onSecret: (once: Once) => void): Column<Client>[] {
  const t = useWords(identityWords)
  const { briefly } = useDates()
  return [
    { key: 'name', title: t('client.name'), cell: (one) => <b>{one.name}</b>, text: (one) => one.name },
    { key: 'id', title: t('client.id'), cell: (one) => <code>{one.id}</code>, text: (one) => one.id },
    {
      key: 'scopes',
      title: t('client.scopes'),
      cell: (one) => <Scopes of={one.scopes} />,
      text: (one) => one.scopes.join(' '),
    },
    {
      key: 'state',
      title: t('account.state'),
      cell: (one) => (
        <StateTag tone={one.state === 'active' ? 'good' : 'bad'}>{t(`status.${one.state}`)}</StateTag>
      ),
      text: (one) => t(`status.${one.state}`),
    },
    {
      key: 'usedAt',
      title: t('client.used-at'),
      short: true,
      cell: (one) =>
        one.usedAt ? briefly(one.usedAt) : <span className="tm-quiet">{t('client.never')}</span>,
    },
    { key: 'act', title: '', align: 'right', cell: (one) => <Acts client={one} onSecret={onSecret} /> },
  ]
}

function Acts({ client, onSecret }: { client: Client; onSecret: (once: Once) => void }) {
  const t = useWords(identityWords)
  const confirm = useConfirm()
  const onError = useTellRefused()
  const [changing, setChanging] = useState(false)
  const touches = { touches: ['identity.client'] }
  const enable = useWrite(identityApi.enableClient, touches)
  const disable = useWrite(identityApi.disableClient, touches)
  const rotate = useWrite(identityApi.rotateSecret, {
    ...touches,
    onDone: ({ id, secret }) => onSecret({ hint: t('once.secret'), of: id, secret }),
  })
  const asked = { params: { id: client.id } }
  const ask = (label: string, why: string, run: () => void) =>
    confirm({ label, confirm: why, danger: true, run })
  if (client.state === 'disabled') {
    return (
      <Button size="small" onClick={() => enable.mutate(asked, { onError })}>
        {t('client.enable')}
      </Button>
    )
  }
  return (
    <span className="tm-row" style={{ justifyContent: 'end' }}>
      <Button size="small" onClick={() => setChanging(true)}>
        {t('client.change')}
      </Button>
      {changing && <ChangeClient client={client} onClose={() => setChanging(false)} />}
      <Button
        size="small"
        onClick={() => ask(t('client.rotate'), t('confirm.rotate'), () => rotate.mutate(asked, { onError }))}
      >
        {t('client.rotate')}
      </Button>
      <Button
        size="small"
        danger
        onClick={() =>
          ask(t('client.disable'), t('confirm.disable-client'), () => disable.mutate(asked, { onError }))
        }
      >
        {t('client.disable')}
      </Button>
    </span>
  )
}
