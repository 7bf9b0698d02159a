"""Every stored model says what it holds about people, and what stands in the clear is on a list."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connections, models

from qingting.privacy.declarations import (
    NoPersonalData,
    PersonalData,
    SealedField,
    declaration_of,
)
from tests.privacy.tables import CLEAR, HASHES, OF_OTHERS, SEALED


def ours() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("qingting.")
    ]


each_model = pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)


def clear_columns(model: type[models.Model]) -> set[str]:
    return {
        str(one.column)
        for one in model._meta.local_concrete_fields
        if not isinstance(one, SealedField)
    }


def others() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if not model.__module__.startswith("qingting.")
    ]


def test_tables_of_other_packages_are_on_a_list_and_declared() -> None:
    assert {model._meta.db_table: clear_columns(model) for model in others()} == OF_OTHERS
    for model in others():
        declared = declaration_of(model)
        assert declared is not None, f"{model} is declared by nobody (people/accounts/elsewhere.py)"
        if isinstance(declared, PersonalData):
            fields = {one.name for one in model._meta.local_concrete_fields}
            assert declared.clear == fields


@each_model
def test_a_model_says_how_it_treats_personal_data(model: type[models.Model]) -> None:
    declared = model.__dict__.get("privacy")
    assert isinstance(declared, PersonalData | NoPersonalData), f"{model} declares no privacy"
    if isinstance(declared, PersonalData):
        assert declared.exported.strip()
        assert declared.erased.strip()
        assert declared.retained.strip()
    else:
        assert declared.reason.strip()


@each_model
def test_what_is_not_declared_clear_is_sealed(model: type[models.Model]) -> None:
    declared = model.__dict__["privacy"]
    if isinstance(declared, NoPersonalData):
        return
    fields = {one.name: one for one in model._meta.local_concrete_fields}
    assert declared.clear <= set(fields), "a column declared clear does not exist"
    for name, one in fields.items():
        assert isinstance(one, SealedField) != (name in declared.clear), name


@each_model
def test_a_model_that_knows_a_person_does_not_say_it_has_no_personal_data(
    model: type[models.Model],
) -> None:
    knows = any(
        isinstance(one, models.ForeignKey)
        and one.related_model._meta.label in ("people.Person", "talk.Conversation")
        for one in model._meta.local_concrete_fields
    )
    if knows:
        assert isinstance(model.__dict__["privacy"], PersonalData)


def test_the_columns_in_the_clear_are_these_and_no_others() -> None:
    assert {model._meta.db_table: clear_columns(model) for model in ours()} == CLEAR


def test_no_column_in_the_clear_could_hold_a_sentence() -> None:
    """A column of free length is sealed; short ones hold words of ours: a status, a level."""
    for model in ours():
        for one in model._meta.local_concrete_fields:
            if isinstance(one, SealedField):
                continue
            assert not isinstance(one, models.TextField | models.JSONField | models.FileField)
            if isinstance(one, models.CharField):
                assert one.max_length is not None
                assert one.max_length <= 64 or (model._meta.db_table, one.column) in HASHES


@pytest.mark.django_db(databases=["default", "keys"])
def test_the_databases_hold_these_tables_and_columns() -> None:
    """Asked of the databases themselves, whatever the models say."""
    apart = {
        "privacy_audithead",
        "privacy_erasedperson",
        "privacy_installationkey",
        "privacy_personkey",
    }
    expected = {
        "default": OF_OTHERS
        | {table: CLEAR[table] | SEALED.get(table, set()) for table in CLEAR if table not in apart},
        "keys": {table: CLEAR[table] for table in apart},
    }
    for alias, tables in expected.items():
        connection = connections[alias]
        with connection.cursor() as cursor:
            names = set(connection.introspection.table_names(cursor)) - {"django_migrations"}
            found = {
                table: {
                    one.name
                    for one in connection.introspection.get_table_description(cursor, table)
                }
                for table in names
            }
        assert found == tables


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_sealed_column_is_binary_in_the_database() -> None:
    connection = connections["default"]
    with connection.cursor() as cursor:
        for table, columns in SEALED.items():
            described = {
                one.name: connection.introspection.get_field_type(one.type_code, one)
                for one in connection.introspection.get_table_description(cursor, table)
            }
            assert {described[column] for column in columns} == {"BinaryField"}
