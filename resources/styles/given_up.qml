<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis hasScaleBasedVisibilityFlag="0" maxScale="0" minScale="1e+08" readOnly="0" styleCategories="LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips|Rendering|CustomProperties" version="3.22.0">
 <flags>
  <Identifiable>1</Identifiable>
  <Removable>1</Removable>
  <Searchable>1</Searchable>
  <Private>0</Private>
 </flags>
 <customproperties>
  <Option type="Map">
   <Option name="bufferzone/role" type="QString" value="given_up" />
  </Option>
 </customproperties>
 <fieldConfiguration>
  <field configurationFlags="None" name="scenario">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="scenario_id">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="side">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="side_name">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="unit">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="area_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="share">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="3" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="side_share">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="3" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="unit_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="scenario" index="0" name="Scenario" />
  <alias field="scenario_id" index="1" name="Number" />
  <alias field="side" index="2" name="Side" />
  <alias field="side_name" index="3" name="Name of the side" />
  <alias field="unit" index="4" name="Area" />
  <alias field="area_km2" index="5" name="Given up (km²)" />
  <alias field="share" index="6" name="Share of the area (0–1)" />
  <alias field="side_share" index="7" name="Share of the side (0–1)" />
  <alias field="unit_km2" index="8" name="Whole area (km²)" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="scenario" />
  <default applyOnUpdate="0" expression="" field="scenario_id" />
  <default applyOnUpdate="0" expression="" field="side" />
  <default applyOnUpdate="0" expression="" field="side_name" />
  <default applyOnUpdate="0" expression="" field="unit" />
  <default applyOnUpdate="0" expression="" field="area_km2" />
  <default applyOnUpdate="0" expression="" field="share" />
  <default applyOnUpdate="0" expression="" field="side_share" />
  <default applyOnUpdate="0" expression="" field="unit_km2" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="scenario" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="scenario_id" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="side" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="side_name" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="unit" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="area_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="share" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="side_share" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="unit_km2" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="scenario" />
  <constraint desc="" exp="" field="scenario_id" />
  <constraint desc="" exp="" field="side" />
  <constraint desc="" exp="" field="side_name" />
  <constraint desc="" exp="" field="unit" />
  <constraint desc="" exp="" field="area_km2" />
  <constraint desc="" exp="" field="share" />
  <constraint desc="" exp="" field="side_share" />
  <constraint desc="" exp="" field="unit_km2" />
 </constraintExpressions>
 <expressionfields />
 <editform tolerant="1" />
 <editforminit />
 <editforminitcodesource>0</editforminitcodesource>
 <editforminitfilepath />
 <editforminitcode />
 <featformsuppress>0</featformsuppress>
 <editorlayout>generatedlayout</editorlayout>
 <editable>
  <field editable="0" name="area_km2" />
  <field editable="0" name="scenario" />
  <field editable="0" name="scenario_id" />
  <field editable="0" name="share" />
  <field editable="0" name="side" />
  <field editable="0" name="side_name" />
  <field editable="0" name="side_share" />
  <field editable="0" name="unit" />
  <field editable="0" name="unit_km2" />
 </editable>
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression>"scenario" || ', ' || coalesce("unit", '–')</previewExpression>
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
