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
/** Forms: entries one below the other. */
export const FormsIcon = icon('M4 4h16v6H4z', 'M4 14h7v6H4z', 'M15 14h5v6h-5z');
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
/** Rights. */
export const KeyIcon = icon('M8 19a4 4 0 1 0 0-8 4 4 0 0 0 0 8z', 'M11 12l9-9', 'M16 7l3 3');
/** A value may not be seen: an eye that is crossed out. */
export const HiddenIcon = icon(
  'M10 5.4A9 9 0 0 1 12 5.2c5 0 8.3 4 9.5 6.8a14 14 0 0 1-2.4 3.6',
  'M6.4 7A13.6 13.6 0 0 0 2.5 12c1.2 2.8 4.5 6.8 9.5 6.8a9 9 0 0 0 4.3-1.1',
  'M4 4l16 16',
);
/** A value is seen in part. */
export const MaskedIcon = icon('M4 7h16v10H4z', 'M8 12h.01', 'M12 12h.01', 'M16 12h.01');
/** A value is read. */
export const EyeIcon = icon(
  'M2.5 12C3.7 9.2 7 5.2 12 5.2s8.3 4 9.5 6.8c-1.2 2.8-4.5 6.8-9.5 6.8S3.7 14.8 2.5 12z',
  'M12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z',
);
/** A value is changed. */
export const PencilIcon = icon('M4 20l1-4.5L16 4.5l3.5 3.5-11 11z', 'M13.5 7l3.5 3.5');
/** Privacy. */
export const ShieldIcon = icon(
  'M12 3l7.5 2.6v5.6c0 4.4-3 7.9-7.5 9.8-4.5-1.9-7.5-5.4-7.5-9.8V5.6z',
  'M9 12l2.2 2.2L15.2 10',
);
/** Users: two people. */
export const UsersIcon = icon(
  'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z',
  'M2.5 19.5c.6-3.2 3.2-5 6.5-5s5.9 1.8 6.5 5',
  'M16 11.5a3.2 3.2 0 0 0 0-6.4',
  'M18 14.8c2 .7 3.2 2.3 3.6 4.7',
);
/** What was done, line by line, and when. */
export const AuditIcon = icon(
  'M4 5h10',
  'M4 10h6',
  'M4 15h4',
  'M15.5 20.5a5 5 0 1 0 0-10 5 5 0 0 0 0 10z',
  'M15.5 13v2.7l1.8 1',
);
