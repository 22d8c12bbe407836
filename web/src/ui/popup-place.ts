/**
 * Where an open list hangs: of a field in a dialog or drawer, on that, so that it stays beside its field while the page
 * beneath moves; a list that runs from under the pointer loses the click.
 */
export const popupPlace = (field?: HTMLElement): HTMLElement =>
  field?.closest<HTMLElement>('.ant-modal-wrap, .ant-drawer') ?? document.body
