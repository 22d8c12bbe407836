import { recognitionApi } from '@tongmai/api/recognition'
import { type Gate, gateState } from '@tongmai/api/recognition/gate'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { OnlyButton } from '../../ui/only-button.tsx'
import { Page } from '../../ui/page.tsx'
import { AddGate } from './gate-form.tsx'
import { useGateColumns, WithdrawGate } from './gate-table.tsx'
import { ImportGates } from './import-gates.tsx'
import { recognitionWords } from './words.ts'

const LIMIT = 50
const filterShape = z.object({
  own: z._default(z.boolean(), false),
  state: z.optional(gateState),
  offset: z._default(z.coerce.number(), 0),
})

/** Who passed which assessment, those that end first in front. */
export function GateList() {
  const t = useWords(recognitionWords)
  const may = useMay()
  const session = useSession()
  const [{ own, state, offset }, setFilter] = useSearch(filterShape)
  const [doing, setDoing] = useState<'add' | 'import'>()
  const [withdrawing, setWithdrawing] = useState<Gate>()
  const mine = own && session.institution ? { institutionId: session.institution.id } : {}
  const query = { ...mine, ...(state ? { state } : {}) }
  const read = useRead(
    recognitionApi.listGates,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['recognition'], keepPrevious: true },
  )
  const done = () => setDoing(undefined)
  return (
    <Page
      title={t('gates.title')}
      hint={t('gates.hint')}
      actions={
        may('recognition.gate') && (
          <>
            <Button onClick={() => setDoing('import')}>{t('gates.import')}</Button>
            <Button type="primary" onClick={() => setDoing('add')}>
              {t('gates.add')}
            </Button>
          </>
        )
      }
    >
      <DataTable
        label={t('gates.title')}
        columns={useGateColumns(setWithdrawing)}
        read={read}
        keyOf={({ id }) => id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={
          <>
            <OnlyButton on={own} onChange={(on) => setFilter({ own: on, offset: 0 })}>
              {t('own')}
            </OnlyButton>
            <FilterSelect
              label={t('gate.state')}
              all={t('gates.all-states')}
              width={120}
              value={state}
              keys={gateState.options}
              word={(one) => t(`state.${one}`)}
              onChange={(next) => setFilter({ state: next, offset: 0 })}
            />
          </>
        }
        filtered={own || state !== undefined}
        onClear={() => setFilter({ own: false, state: undefined, offset: 0 })}
        empty={<Nothing title={t('gates.none')} hint={t('gates.none-hint')} />}
        readPage={(from, limit) =>
          call(recognitionApi.listGates, { query: { ...query, offset: from, limit } })
        }
      />
      {doing === 'add' && <AddGate onClose={done} />}
      {doing === 'import' && <ImportGates onClose={done} />}
      {withdrawing && <WithdrawGate of={withdrawing} onClose={() => setWithdrawing(undefined)} />}
    </Page>
  )
}
