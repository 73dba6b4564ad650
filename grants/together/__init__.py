"""Writing one draft of ①, ② or ④ together: what came second is kept, who else has it open is seen."""
