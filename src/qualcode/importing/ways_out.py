"""Files of programs that are not read here, each with the way out of that program."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.messages import Message

WAYS_OUT: Mapping[str, Message] = {
    ".xls": Message("In Excel: File, Save As, Excel Workbook (.xlsx)."),
    ".rda": Message("In R: write.csv(YOUR_TABLE, 'table.csv'), and import the .csv file."),
    ".rdata": Message("In R: write.csv(YOUR_TABLE, 'table.csv'), and import the .csv file."),
    ".rqda": Message(
        "It is a project of RQDA. In QualCoder: Import project, RQDA project; then import the "
        "folder that ends in .qda here."
    ),
    ".requal": Message(
        "It is a project of Requal. In Requal: export the coded segments as .csv and the "
        "documents as text; import the texts, then: qualcode code FILE.csv"
    ),
    ".nvp": Message("In NVivo: Share, Export Project, REFI-QDA (.qdpx)."),
    ".nvpx": Message("In NVivo: Share, Export Project, REFI-QDA (.qdpx)."),
    ".mx24": Message("In MAXQDA: Project, Export, REFI-QDA project (.qdpx)."),
    ".mx22": Message("In MAXQDA: Project, Export, REFI-QDA project (.qdpx)."),
    ".mx20": Message("In MAXQDA: Project, Export, REFI-QDA project (.qdpx)."),
    ".atlproj": Message("In ATLAS.ti: File, Export, QDPX (REFI-QDA)."),
    ".atlproj23": Message("In ATLAS.ti: File, Export, QDPX (REFI-QDA)."),
    ".f4": Message("In f4analyse: File, Export, Word or REFI-QDA (.qdpx)."),
}
"""What to do in the program that wrote a file, by the suffix of the file."""
