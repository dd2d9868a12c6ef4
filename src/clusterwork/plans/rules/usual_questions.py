"""The questions of a checklist that a programme starts with; officers change them."""

from __future__ import annotations

from clusterwork.kernel.messages import N_

USUAL_QUESTIONS = (
    N_("Is each priority tied to the programme or the authority, or local with a reason?"),
    N_("Does each action say who does what, and by when?"),
    N_("Does each action that costs money have a budget line?"),
    N_("Does every school of the cluster have a part in it?"),
    N_("Does it say how the cluster will know whether it helped?"),
    N_("Does it say what goes on when the funding ends?"),
)
