import { gridApi } from '@tongmai/api/network/grid'
import { type InstitutionLine, institutionApi } from '@tongmai/api/network/institution'
import * as z from 'zod/mini'
import { To, useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { AllianceSelect } from './alliance-select.tsx'
import { CoverageNote } from './coverage-note.tsx'
import { GridMap, type MapSite } from './grid-map.tsx'
import { paint } from './grid-paint.ts'
import { useRegion } from './use-region.ts'
import { useTierWords } from './use-tier-words.ts'
import { networkWords } from './words.ts'

const filterShape = z.object({ allianceId: z.optional(z.string()) })
const sizes = { tertiary: 3, secondary: 2, primary: 1 } as const

/** The region on a map: grids in colour, institutions by tier, gaps and overlaps named. */
export function MapPage() {
  const t = useWords(networkWords)
  const [{ allianceId }, setFilter] = useSearch(filterShape)
  const { features } = useRegion('township')
  const layout = useRead(gridApi.readGridLayout, {}, { live: ['network.grid-changed'] })
  const sites = useRead(
    institutionApi.listInstitutions,
    { query: { allianceId, limit: 200 } },
    { live: ['network.institution-added'], keepPrevious: true },
  )
  const all = sites.data?.items ?? []
  const filter = <AllianceSelect value={allianceId} onChange={(next) => setFilter({ allianceId: next })} />
  return (
    <Page title={t('map')} hint={t('map.hint')} actions={filter}>
      <Loaded read={layout} rows={12}>
        {({ grids, units, gaps, overlaps }) => (
          <>
            <CoverageNote
              units={units}
              gaps={gaps}
              overlaps={overlaps}
              nameOf={(id) => grids.find((grid) => grid.id === id)?.name ?? ''}
            />
            {features.length === 0 ? (
              <Nothing title={t('map.no-divisions')} hint={t('map.no-divisions-hint')} />
            ) : (
              <GridMap
                label={t('map')}
                features={features}
                laidOf={
                  paint(
                    units.map((unit) => unit.code),
                    grids,
                  ).laidOf
                }
                sites={all.filter(({ divisionCode }) => isHere(divisionCode, units)).flatMap(siteOf)}
              />
            )}
            <Legend grids={grids} />
            <FarAway sites={all.filter(({ divisionCode }) => !isHere(divisionCode, units))} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

const isHere = (code: string | null, units: readonly { code: string }[]): boolean =>
  code !== null && units.some((unit) => unit.code === code.slice(0, 9))

const siteOf = ({ id, shortName: label, longitude, latitude, tier }: InstitutionLine): MapSite[] =>
  longitude === null || latitude === null
    ? []
    : [{ id, label, longitude, latitude, size: tier ? sizes[tier] : 1 }]

function Legend({
  grids,
}: {
  grids: readonly { id: string; name: string; colour: string; leadName: string | null }[]
}) {
  const t = useWords(networkWords)
  return (
    <Card title={t('map.legend')}>
      <div className="tm-row" style={{ gap: '8px 28px' }}>
        {grids.map(({ id, name, colour, leadName }) => (
          <To key={id} to={`/grids/${id}`} className="tm-row">
            <i style={{ width: 14, height: 14, background: colour, opacity: 0.7, borderRadius: 3 }} />
            {name} {leadName && <span className="tm-quiet">{leadName}</span>}
          </To>
        ))}
      </div>
    </Card>
  )
}

function FarAway({ sites }: { sites: readonly InstitutionLine[] }) {
  const t = useWords(networkWords)
  const tierWords = useTierWords()
  if (sites.length === 0) return null
  return (
    <Card title={t('map.far')}>
      <ul>
        {sites.map((site) => (
          <li key={site.id}>
            <To to={`/institutions/${site.id}`}>{site.name}</To>{' '}
            <span className="tm-quiet">
              {site.divisionName ?? ''} {tierWords(site)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
