"""The heading lines of the common exports: which field each column is."""

import tomllib

import pytest

from carmanana.importing.columns import ACCOUNT, DETAIL, EXPORTS, FIELDS, detected, known

LINES = {
    "google": (
        "First Name,Middle Name,Last Name,Name Suffix,Organization Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - "
        "Value,E-mail 3 - Value,Phone 1 - Label,Phone 1 - Value,Phone 4 - Value",
        "first_name,middle_name,last_name,name_suffix,,notes,,,email,email,,phone,phone",
    ),
    "google, older": (
        "Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value",
        "first_name,last_name,,email,,phone",
    ),
    "outlook": (
        "Title,First Name,Last Name,Company,Business Phone,Business Phone 2,Home Phone,Mobile Phone,E-mail Address,"
        "E-mail 2 Address,E-mail 3 Address,Business State,Notes",
        ",first_name,last_name,,phone,phone,phone,phone,email,email,email,region,notes",
    ),
    "hubspot contacts": (
        "Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Contact owner,Lead Status,Create Date,"
        "Unsubscribed from all email",
        "external_id,first_name,last_name,email,phone,phone,owner,lead_status,created_on,no_emails",
    ),
    "hubspot deals": (
        "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Associated Contact",
        "external_id,deal_name,stage,closed_on,owner,value,pipeline,name",
    ),
    "pipedrive people": (
        "Person - Name,Person - Phone - Work,Person - Phone - Mobile,Person - Email - Home,Person - Owner,Person - "
        "Marketing status",
        "name,phone,phone,email,owner,no_emails",
    ),
    "pipedrive deals": (
        "Deal - ID,Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Stage,Deal - Status,Deal - Expected "
        "close date,Deal - Won time,Deal - Contact person,Person - Phone",
        "external_id,deal_name,value,currency,stage,state,expected_on,closed_on,name,phone",
    ),
    "salesforce contacts": (
        "Id,FirstName,LastName,Account Name,Phone,MobilePhone,Email,MailingState,HasOptedOutOfEmail,DoNotCall,"
        "HasOptedOutOfFax",
        "external_id,first_name,last_name,,phone,phone,email,region,no_emails,no_calls,",
    ),
    "salesforce opportunities": (
        "Opportunity Name,Account Name,Stage,Amount,Close Date,Opportunity Owner,Created Date,Lead Source",
        "deal_name,name,stage,value,closed_on,owner,created_on,source",
    ),
    "salesforce, raw": (
        "ID,NAME,STAGENAME,AMOUNT,CLOSEDATE,ISCLOSED,ISWON",
        "external_id,name,stage,value,closed_on,is_closed,is_won",
    ),
    "odoo opportunities": (
        "Opportunity,Contact Name,Email,Phone,Salesperson,Stage,Expected Revenue,Expected Closing,Created on,Tags",
        "deal_name,name,email,phone,owner,stage,value,expected_on,created_on,",
    ),
    "odoo contacts": (
        "External ID,Name,Email,Mobile,City,Country,Is a Company,Salesperson",
        "external_id,name,email,phone,,country,,owner",
    ),
    "salesforce, with its currency": (
        "Account Name,Stage,Amount Currency,Amount,Close Date",
        "name,stage,currency,value,closed_on",
    ),
    "in Spanish": (
        "Nombre,Apellidos,Teléfono,Correo electrónico,Precio,Moneda,Fecha de venta,Vendedor",
        "first_name,last_name,phone,email,value,currency,closed_on,owner",
    ),
    "in French": (
        "Prénom,Nom,Téléphone portable,Adresse e-mail,Prix,Devise,Date de vente,Ville",
        "first_name,last_name,phone,email,value,currency,closed_on,",
    ),
    "in German": (
        "Vorname,Nachname,Telefon (privat),Handy,E-Mail-Adresse,Ort,Land,Preis,Verkaufsdatum",
        "first_name,last_name,phone,phone,email,,country,value,closed_on",
    ),
    "a dealer's sales in German": (
        "Auftragsnr.,Anrede,Vorname,Nachname,Mobil,E-Mail,Fahrzeug,Neu/Gebraucht,Datum,Verkaufsdatum,Preis,Kaufpreis,"
        "Anzahlung,Verkaufsberater,Kilometerstand,Bemerkung",
        "external_id,,first_name,last_name,phone,email,vehicle,order_type,,closed_on,,value,deposit,owner,,notes",
    ),
    "a list of leads in German": (
        "Interessent,Festnetz,Mobilnummer,E-Mail-Adresse,Wunschfahrzeug,Anfragedatum,Quelle,Betreuer,Wiedervorlage",
        "name,phone,phone,email,vehicle,created_on,source,owner,hold_until",
    ),
    "the shortest in German": ("Kunde,Telefon,Fahrzeug,Datum,Preis", "name,phone,vehicle,closed_on,value"),
    "a dealer's sales in Spanish": (
        "Nº de pedido,Nombre del cliente,Teléfono móvil,Correo,Vehículo,Color,Fecha,Precio,Anticipo,Asesor de ventas,"
        "Fecha de entrega prevista,Matrícula,Comentarios",
        "external_id,name,phone,email,vehicle,colour,closed_on,value,deposit,owner,eta_on,,notes",
    ),
    "a list of leads in Spanish, without its accents": (
        "Nombre y apellidos,Numero de telefono,Vehiculo de interes,Fecha de creacion,Origen,Responsable,Proximo "
        "seguimiento",
        "name,phone,vehicle,created_on,source,owner,hold_until",
    ),
    "a dealer's sales in French": (
        "N° de commande,Civilité,Nom de famille,Prénom,Tél. portable,Véhicule,VN/VO,Date de commande,Prix TTC,Acompte,"
        "Conseiller commercial,Livraison prévue,Kilométrage,Commentaires",
        "external_id,,last_name,first_name,phone,vehicle,order_type,closed_on,value,deposit,owner,eta_on,,notes",
    ),
    "a list of leads in French, typed in a hurry": (
        "Nom et prenom,Telephone mobile,Vehicule recherche,Date de demande,Motif de perte,Relance,Date d’achat",
        "name,phone,vehicle,created_on,loss_reason,hold_until,closed_on",
    ),
    "zoho": (
        "Record Id,Deal Name,Contact Name,Account Name,Amount,Stage,Closing Date,Deal Owner,Lead Source",
        "external_id,deal_name,name,,value,stage,closed_on,owner,source",
    ),
    "whoever buys, by whatever name": (
        "Contact Name,Contact Email,Client Phone,Purchaser Mobile 2,Primary Contact E-mail,Client State,Buyer Do Not "
        "Call,Contact Id,Customer Since,Lead Owner,Lead Score",
        "name,email,phone,phone,email,region,no_calls,external_id,,owner,",
    ),
    "thunderbird": (
        "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Work Phone,Home Phone,Fax Number,"
        "Mobile Number,Home State",
        "first_name,last_name,,,email,email,phone,phone,,phone,region",
    ),
    "a dealership": (
        "Buyer First Name,Buyer Last Name,Buyer Cell Phone,Buyer Home Phone,Buyer Email,Stock No,Selling Price,"
        "Contract Date,Do Not Contact,SMS Opt Out",
        "first_name,last_name,phone,phone,email,external_id,value,agreement_on,no_contact,no_texts",
    ),
}


@pytest.mark.parametrize("export", LINES)
def test_the_columns_of_an_export_are_known(export):
    headings, fields = (line.split(",") for line in LINES[export])
    assert dict(zip(headings, detected(headings), strict=False)) == dict(
        zip(headings, [name or DETAIL for name in fields], strict=False)
    )


def test_every_heading_of_the_table_names_a_field_and_is_known_as_it():
    for export, table in tomllib.loads(EXPORTS.read_text("utf-8")).items():
        for heading, name in table.items():
            assert name in {*FIELDS, DETAIL, ACCOUNT}, (export, heading)
            assert known(heading) == name, (export, heading)


@pytest.mark.parametrize("heading", ["Shoe size", "Dealer Status", "Gender", "Annual Income", "Phonetic First Name"])
def test_other_headings_are_not_taken_for_them(heading):
    assert known(heading) is None
