export const compareSection = () => null;
