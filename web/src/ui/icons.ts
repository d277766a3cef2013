import { h, type FunctionalComponent } from 'vue';

/** An icon of one weight, drawn in the colour of the text around it; it says nothing that a label does not say. */
function icon(...paths: readonly string[]): FunctionalComponent {
  return () =>
    h(
      'svg',
      {
        class: 'icon',
        viewBox: '0 0 24 24',
        fill: 'none',
        stroke: 'currentColor',
        'stroke-width': 1.8,
        'stroke-linecap': 'round',
        'stroke-linejoin': 'round',
        'aria-hidden': 'true',
      },
      paths.map((d) => h('path', { d })),
    );
}

/** Back. */
export const ArrowLeftIcon = icon('M15 5l-7 7 7 7');
/** A menu of acts. */
export const MoreIcon = icon(
  'M5 11.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4z',
  'M12 11.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4z',
  'M19 11.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4z',
);
/** Something is added. */
export const PlusIcon = icon('M12 5v14', 'M5 12h14');
/** Customers. */
export const PersonIcon = icon('M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z', 'M4 20c.8-3.6 4-5.5 8-5.5s7.2 1.9 8 5.5');
/** Segments: two sets that overlap. */
export const SetsIcon = icon('M9 18a6 6 0 1 0 0-12 6 6 0 0 0 0 12z', 'M15 18a6 6 0 1 0 0-12 6 6 0 0 0 0 12z');
/** Fields. */
export const FieldsIcon = icon('M5 4h14v16H5z', 'M8.5 9h7', 'M8.5 13h7', 'M8.5 17h4');
/** The navigation is folded away. */
export const FoldIcon = icon('M20 6H4', 'M20 18H4', 'M20 12h-8', 'M8 9l-3 3 3 3');
/** The navigation is folded out. */
export const UnfoldIcon = icon('M4 6h16', 'M4 18h16', 'M4 12h8', 'M16 9l3 3-3 3');
/** Something can be dragged. */
export const GripIcon = icon('M9 6h.01', 'M15 6h.01', 'M9 12h.01', 'M15 12h.01', 'M9 18h.01', 'M15 18h.01');
/** Something is searched for. */
export const SearchIcon = icon('M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14z', 'M20 20l-4-4');
/** A column stays in sight. */
export const PinIcon = icon('M9 4h6l-1 6 3 3v2H7v-2l3-3z', 'M12 15v5');
/** Something opens below. */
export const ChevronDownIcon = icon('M7 10l5 5 5-5');
