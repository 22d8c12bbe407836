import { type GridLayout, gridApi, type GridPage as Shown } from '@tongmai/api/network/grid'
import { Button, ColorPicker, Input } from 'antd'
import { useState } from 'react'
import { To, useGo, useParam } from '../../kernel/route.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Cards, Facts, Page } from '../../ui/page.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
import { CoverageNote } from './coverage-note.tsx'
import { GridMap } from './grid-map.tsx'
import { paint } from './grid-paint.ts'
import { useRegion } from './use-region.ts'
import { networkWords } from './words.ts'

/** One grid cell: what it is made of, who is responsible, what lies in it; its lead divides it on the map. */
export function GridPage() {
  const id = useParam('id')
  const live = [`grid:${id}`, 'network.grid-changed']
  const read = useRead(gridApi.readGrid, { params: { id } }, { live })
  const layout = useRead(gridApi.readGridLayout, {}, { live })
  return (
    <Loaded read={read} rows={10}>
      {(grid) => (
        <Loaded read={layout}>{(all) => <Found key={grid.version} of={grid} layout={all} />}</Loaded>
      )}
    </Loaded>
  )
}

interface GridProps {
  readonly of: Shown
  readonly layout: GridLayout
}

function Found({ of, layout }: GridProps) {
  const t = useWords(networkWords)
  const [editing, setEditing] = useState(false)
  const actions = of.mayChange && !editing && (
    <>
      <Dissolve of={of} />
      <Button type="primary" onClick={() => setEditing(true)}>
        {t('grid.edit')}
      </Button>
    </>
  )
  const nameOf = (code: string) => layout.units.find((unit) => unit.code === code)?.name ?? code
  return (
    <Page title={of.name} hint={`${t('grid.code')} ${of.code}`} actions={actions}>
      {editing ? (
        <Editor of={of} layout={layout} onClose={() => setEditing(false)} />
      ) : (
        <Still of={of} layout={layout} />
      )}
      <Cards least={420}>
        <Card title={t('institution.facts')}>
          <Facts
            facts={[
              [
                t('grid.alliance'),
                <To key="alliance" to={`/alliances/${of.allianceId}`}>
                  {of.allianceName}
                </To>,
              ],
              [t('grid.lead'), of.leadName],
              [t('grid.population'), of.population.toLocaleString('zh-CN')],
              [t('grid.units'), of.divisions.map(nameOf).join('、')],
            ]}
          />
        </Card>
        <Card title={t('grid.institutions')}>
          <ul>
            {of.institutions.map(({ id, name, kind }) => (
              <li key={id}>
                <To to={`/institutions/${id}`}>{name}</To>{' '}
                <span className="tm-quiet">{t(`kind.${kind}`)}</span>
              </li>
            ))}
          </ul>
        </Card>
      </Cards>
    </Page>
  )
}

function Still({ of, layout }: GridProps) {
  const t = useWords(networkWords)
  const { features } = useRegion('township')
  const { laidOf } = paint(
    layout.units.map((unit) => unit.code),
    layout.grids,
  )
  return (
    features.length > 0 && (
      <GridMap label={t('grids')} features={features} laidOf={laidOf} among={of.divisions} height={380} />
    )
  )
}

function Dissolve({ of }: { of: Shown }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const go = useGo()
  const confirm = useConfirm()
  const onError = useTellRefused()
  const dissolve = useWrite(gridApi.dissolveGrid, {
    touches: ['network.grid-changed'],
    onDone: ({ name }) => {
      tell(t('grid.dissolved', { name }))
      go('/grids')
    },
  })
  const run = () => dissolve.mutate({ params: { id: of.id }, body: { version: of.version } }, { onError })
  return (
    <Button
      danger
      loading={dissolve.isPending}
      onClick={() =>
        confirm({ label: t('grid.dissolve'), confirm: t('grid.dissolve-confirm'), danger: true, run })
      }
    >
      {t('grid.dissolve')}
    </Button>
  )
}

/** Puts units in and out by clicking them; gaps and overlaps of the whole layout show at once, before saving. */
function Editor({ of, layout, onClose }: GridProps & { onClose: () => void }) {
  const t = useWords(networkWords)
  const tell = useTell()
  const { features } = useRegion('township')
  const change = useWrite(gridApi.changeGrid, {
    touches: ['network.grid-changed'],
    onDone: ({ name }) => {
      tell(t('grid.saved', { name }))
      form.discard()
      onClose()
    },
  })
  const { id, version, name, colour, divisions } = of
  const form = useForm(`network.grid:${id}:${version}`, { name, colour, divisions }, change.error)
  const leave = () => {
    form.discard()
    onClose()
  }
  const units = layout.units.map((unit) => unit.code)
  const grids = layout.grids.map((grid) => (grid.id === id ? { ...grid, ...form.value } : grid))
  const { gaps, overlaps, laidOf } = paint(units, grids)
  const chosen = form.value.divisions
  const turn = (code: string) =>
    form.set('divisions', chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code])
  return (
    <Card
      title={t('grid.edit')}
      extra={
        <span className="tm-row">
          <Button onClick={leave}>{t('grid.leave')}</Button>
          <Button
            type="primary"
            loading={change.isPending}
            onClick={() => change.mutate({ params: { id }, body: { ...form.value, version } })}
          >
            {t('grid.save')}
          </Button>
        </span>
      }
    >
      <div style={{ display: 'grid', gap: 12 }}>
        <RefusalNote refused={change.error} />
        <DraftNote form={form} />
        <p className="tm-quiet">{t('grid.edit-hint')}</p>
        <CoverageNote
          units={layout.units}
          gaps={gaps}
          overlaps={overlaps}
          nameOf={(one) => grids.find((grid) => grid.id === one)?.name ?? ''}
        />
        <GridMap
          label={t('grid.edit')}
          features={features}
          laidOf={laidOf}
          among={chosen}
          onDivision={turn}
          height={460}
        />
        <p>{t('grid.unit-count', { count: chosen.length })}</p>
        <Fields>
          <Field label={t('grid.name')} required problem={form.problem('name')}>
            {(field) => (
              <Input
                id={field}
                value={form.value.name}
                onChange={({ target }) => form.set('name', target.value)}
              />
            )}
          </Field>
          <Field label={t('grid.colour')}>
            {() => (
              <ColorPicker
                disabledAlpha
                value={form.value.colour}
                onChange={(next) => form.set('colour', next.toHexString())}
                style={{ alignSelf: 'start' }}
              />
            )}
          </Field>
        </Fields>
      </div>
    </Card>
  )
}
