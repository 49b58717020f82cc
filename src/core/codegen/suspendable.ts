/** Host address of the area through which functions save and restore their locals, and its size in bytes. */
export const SUSPENSION_AREA = 0x8000;
export const SUSPENSION_AREA_BYTES = 0xf000 - SUSPENSION_AREA;
