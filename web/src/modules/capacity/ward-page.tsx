import { capacityApi } from '@tongmai/api/capacity'
import type { Ward } from '@tongmai/api/capacity/bed'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useShortcut } from '../../kernel/shortcut.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Cards, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { BedGrid } from './bed-grid.tsx'
import { FigureAge } from './figure-age.tsx'
import { WardForm } from './ward-form.tsx'
import { capacityWords } from './words.ts'

const search = z.object({ at: z.optional(z.uuid()) })

/** The wards of one institution; my own can be said to be true and changed bed by bed. */
export function WardPage() {
  const t = useWords(capacityWords)
  const go = useGo()
  const may = useMay()
  const { institution } = useSession()
  const [{ at }] = useSearch(search)
  const [adding, setAdding] = useState(false)
  const own = !at || at === institution?.id
  const read = useRead(
    capacityApi.listWards,
    { query: at ? { institutionId: at } : {} },
    { live: ['capacity'] },
  )
  const board = useRead(
    capacityApi.readBedBoard,
    { query: { institutionId: at ?? institution?.id ?? '', limit: 1 } },
    { when: Boolean(at) },
  )
  return (
    <Page
      title={own ? t('bed.mine') : (board.data?.items[0]?.institution ?? t('bed.ward'))}
      hint={t('bed.hint')}
      actions={
        <>
          <Button onClick={() => go('/beds')}>{t('bed.all')}</Button>
          {own && may('capacity.manage') && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('bed.ward-add')}
            </Button>
          )}
        </>
      }
    >
      {adding && <WardForm onClose={() => setAdding(false)} />}
      <Loaded read={read} rows={8}>
        {(wards) =>
          wards.length === 0 ? (
            <Nothing title={t('bed.none')} hint={t('bed.none-hint')} />
          ) : (
            <Cards least={480}>
              {wards.map((ward, i) => (
                <WardCard key={ward.id} ward={ward} own={own} first={i === 0} />
              ))}
            </Cards>
          )
        }
      </Loaded>
    </Page>
  )
}

/** One ward: its figures, how old they are, and its beds. */
function WardCard({ ward, own, first }: { ward: Ward; own: boolean; first: boolean }) {
  const t = useWords(capacityWords)
  const may = useMay()
  const tell = useTell()
  const confirm = useWrite(capacityApi.confirmWard, {
    touches: ['capacity'],
    onDone: () => tell(t('bed.same-done', { ward: ward.name })),
  })
  const confirmable = own && may('capacity.bed')
  return (
    <Card
      title={`${ward.name} · ${t(`bedKind.${ward.bedKind}`)}`}
      extra={
        confirmable && (
          <Button
            size="small"
            loading={confirm.isPending}
            onClick={() => confirm.mutate({ params: { id: ward.id } })}
          >
            {t('bed.same')}
          </Button>
        )
      }
    >
      <RefusalNote refused={confirm.error} />
      <FigureAge {...ward} />
      <p className="tm-row" style={{ columnGap: 20, fontVariantNumeric: 'tabular-nums' }}>
        <StateTag tone={ward.free === 0 ? 'bad' : 'good'}>
          {t('bed.free')} {ward.free}
        </StateTag>
        {(['held', 'occupied', 'cleaning', 'closed'] as const).map((state) => (
          <span key={state}>
            {t(`bed.${state}`)} <b>{ward[state]}</b>
          </span>
        ))}
      </p>
      {own && <BedGrid wardId={ward.id} />}
      {confirmable && first && <ConfirmKey onPress={() => confirm.mutate({ params: { id: ward.id } })} />}
    </Card>
  )
}

/** `c` says that the figures of the first ward are still true. */
function ConfirmKey({ onPress }: { onPress: () => void }) {
  const t = useWords(capacityWords)
  useShortcut('c', t('bed.same'), onPress)
  return null
}
