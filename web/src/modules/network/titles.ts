import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const networkTitles = words('network', {
  'directory.title': ['机构目录', 'Institutions'],
  institution: ['机构', 'Institution'],
  alliances: ['医联体', 'Alliances'],
  'duties-here': ['本机构的责任事项', 'Our duties'],
  agreements: ['合作协议', 'Agreements'],
  map: ['联盟地图', 'Map'],
  roads: ['道路', 'Roads'],
  grids: ['网格布局', 'Grid layout'],
  grid: ['网格', 'Grid'],
})
