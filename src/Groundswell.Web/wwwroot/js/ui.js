// What every page builds with. Each part is a module of its own; this is only their shared door.
export { h, s, mark, icon, iconButton, clear, replace, announce } from './ui/dom.js';
export { toast, toastError } from './ui/toast.js';
export { openDialog, confirmDialog } from './ui/dialog.js';
export { number, compact, percent, points, duration, bytes, relativeTime, dateTime, timeElement } from './ui/format.js';
export { lineChart, barChart, sparkline, meterRow } from './ui/charts.js';
export { requireRole, emptyState, errorState, busy } from './ui/states.js';
