// The request at the head of the chat: who is helping, and what is said of how far it is.

/** The name of the person who is helping with the request now; null when that is nobody, or it is over. */
export const helperOf = (ticket) => (ticket && !ticket.over && ticket.owner) || null;

/** The name of the words for how far it is: how it ended, whose turn it is, until when, or who has it. */
export function stateOf(ticket) {
  if (ticket.over) return "ticket_over";
  if (ticket.waiting) return "ticket_waiting";
  if (ticket.due_text) return "ticket_due";
  return ticket.owner ? "ticket_owner" : "ticket_status";
}
