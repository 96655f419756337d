"""Extracts a file's text with the library that the Python service uses; prints the milliseconds of processor time, imports left out."""
import sys
import time


def docx_text(path):
    document = docx.Document(path)
    parts = [paragraph.text + "\n" for paragraph in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            parts.append(" | ".join(cell.text.strip() for cell in row.cells) + "\n")
    return "".join(parts).strip()


def xlsx_text(path):
    """Rows as text only: what pandas makes of them would come on top."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    parts = []
    for sheet in book.worksheets:
        parts.append("\n--- Sheet: " + sheet.title + " ---\n")
        for row in sheet.iter_rows(max_row=1001, values_only=True):
            parts.append(" ".join("NaN" if value is None else str(value) for value in row) + "\n")
    return "".join(parts).strip()


def pandas_text(path):
    """All that the Python service does with a workbook."""
    book = pandas.ExcelFile(path)
    parts = []
    for name in book.sheet_names:
        parts.append("\n--- Sheet: " + name + " ---\n")
        parts.append(pandas.read_excel(book, sheet_name=name, nrows=1000).to_string(index=False) + "\n")
    return "".join(parts).strip()


kind, path = sys.argv[1:]
if kind == "docx":
    import docx

    extract = docx_text
elif kind == "pandas":
    import pandas

    extract = pandas_text
else:
    import openpyxl

    extract = xlsx_text
began = time.process_time()
extract(path)
print((time.process_time() - began) * 1000)
