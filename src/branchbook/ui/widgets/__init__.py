"""The pieces places are built of. Import each from its own module.

========================  ====================================================================================
``card.Card``             one thing: title line, quiet subtitle, actions at the right, ``body`` layout
``buttons``               ``Button(text, icon="", primary=False)``, ``IconButton(icon, name)``: recoloured by themselves
``badge.Badge``           a word in a state's colour: ``Badge(text, Tone.WARN)``
``banner.Banner``         ``show_problem(problem)``, ``say(tone, text, right="")``, ``clear()``; also the sentence of
                          arithmetic under a count (text left, article right)
``chips.Chips``           a filter row, one chosen: ``set_chips([(key, text)])``, ``current``, ``chosen(key)``
``empty_state.EmptyState``  icon, title, text and the first step: ``EmptyState(icon, title, text, action_text)``,
                          ``acted()``
``fields.FieldGrid``      labels right-aligned before their editors, one or two columns: ``add(label, editor)``;
                          ``set_problem(editor, problem | None)`` shows it under that field
``fields.LineField``      one line; ``edited(str)`` while typing, ``left()`` when the field is left
``choice.ChoiceField``    ``set_choices([(value, text)])``, ``value``, ``set_value``, ``value_changed(object)``
``date_field.DateField``  ``value() -> date | None``, ``set_value``, ``value_changed(object)``, ``problem()``;
                          typed as people write, shown as 2026-03-05
``date_field.TimeField``  the same with ``time``: 9:30, 930, 9点半, 下午3点
``long_text.LongText``    grows with its text; plain text only; ``edited(str)``, ``left()``
``person_picker.PersonPicker``  ``set_people([PersonChoice(id, name, initials, note)])``, ``value``, ``picked(object)``;
                          names that are not in the list are kept as typed where ``free=True``
``field_editors.make_editor``  the widget of a ``FieldSpec``, for records and steps alike; shows an ``Entered``
``number_field.NumberField``, ``names_field.NamesField``  a count typed as digits; several people in one line
``vote_row.VoteRow``      a vote with its counts, ``show_decision`` the result that follows
``attachments_panel.AttachmentsPanel``  files with captions; ``filing.Filing`` adds, opens and removes them
``entry_list.EntryList``  the list at a place's left: ``set_entries([Entry(key, title, detail, right, badge, tone)])``,
                          ``current_key``, ``select(key)``, ``chosen(object)``, ``activated_key(object)``
``table.Table``           rows of values: ``Table([Column(title, text_of_row)], key=…)`` (``models.rows``),
                          ``set_rows(rows)``, ``current_row``, ``chosen(row)``, ``opened(row)``; Ctrl+C for WPS / Excel
``due_list.DueList``      the desk's list: ``set_items([DueItem(…)])``, ``acted(object)``
``attendance_grid.AttendanceGrid``  names with their marks; keys 1 2 3 4, space, arrows, paste. Its ``attendance``
                          is the model (``models.attendance``): ``set_lines([NameMark(id, name, presence, note)])``,
                          ``exclusion_allowed``, ``lines``, ``marked({id: Presence})``; ``pasted(PastedNames)``
``year_grid.YearGridView``  ``set_lines([YearLine(title, note, cells, done, owed, key)])`` (``models.year_grid``),
                          ``opened(line, month)``; ``YearLegend`` goes into the card's title line
========================  ====================================================================================

Habits: a tone is a ``theme.Tone``; no colour, font or size is written down outside ``ui/theme.py`` and
``ui/style.py``; every control gets an accessible name (its label, or ``setAccessibleName``); text that comes
from the book is plain text everywhere; a handler of Enter, Esc, Tab or a letter in a text field first asks
``preedit.composing(widget)``.
"""
