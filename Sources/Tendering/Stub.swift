// Tendering
