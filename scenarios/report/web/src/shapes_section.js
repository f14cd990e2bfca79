export const shapesSection = () => null;
